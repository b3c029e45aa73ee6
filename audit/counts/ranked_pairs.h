#pragma once

#include <cstddef>
#include <cstdint>

namespace af::audit {

/// A row's weight, and whether its label is positive.
struct RankedRow {
  std::uint64_t weight = 0;
  bool positive = false;
};

/// Counts the pairs of a positive and a negative row that the positive one wins, ties half, over
/// weighted rows that come in ascending order of score: the area under the ROC curve (Hanley and
/// McNeil 1982). Whole numbers throughout, up to four thousand million rows.
class RankedPairs {
 public:
  void add(const RankedRow& row, bool ties_with_before) {
    if (!ties_with_before) {
      negatives_below_ += tied_negatives_;
      tied_negatives_ = tied_positives_ = 0;
    }
    // Labels come in no order, so a branch on them would be foretold wrongly half of the time.
    const std::uint64_t positive = row.weight & mask(row);
    const std::uint64_t negative = row.weight - positive;
    won_twice_ += positive * (2 * negatives_below_ + tied_negatives_) + negative * tied_positives_;
    tied_positives_ += positive;
    tied_negatives_ += negative;
    positives_ += positive;
  }

  /// Rows 0 .. rows-1, none of which ties with the one before it; rows > 0.
  /// @param row_at  RankedRow row_at(i)
  template <class RowAt>
  void add_distinct(std::size_t rows, RowAt row_at) {
    std::uint64_t below = negatives();
    std::uint64_t won = 0;
    std::uint64_t positives = 0;
    for (std::size_t i = 0; i + 1 < rows; ++i) {
      const RankedRow row = row_at(i);
      const std::uint64_t positive = row.weight & mask(row);
      won += positive * below;
      positives += positive;
      below += row.weight - positive;
    }
    won_twice_ += 2 * won;
    positives_ += positives;
    negatives_below_ = below;
    tied_negatives_ = tied_positives_ = 0;
    add(row_at(rows - 1), false);  // What comes next may tie with it.
  }

  [[nodiscard]] std::uint64_t positives() const noexcept { return positives_; }
  [[nodiscard]] std::uint64_t negatives() const noexcept {
    return negatives_below_ + tied_negatives_;
  }
  /// NaN without rows of both labels.
  [[nodiscard]] double area_under_curve() const {
    return static_cast<double>(won_twice_) /
           (2 * static_cast<double>(positives_) * static_cast<double>(negatives()));
  }

 private:
  static std::uint64_t mask(const RankedRow& row) { return 0 - std::uint64_t{row.positive}; }

  std::uint64_t negatives_below_ = 0;  ///< With a smaller score than the last row.
  std::uint64_t tied_negatives_ = 0;   ///< With the last row's score.
  std::uint64_t tied_positives_ = 0;
  std::uint64_t positives_ = 0;
  std::uint64_t won_twice_ = 0;
};

}  // namespace af::audit

#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace af::audit {

/// A row's weight, and whether its label is positive.
template <class Weight>
struct RankedRow {
  Weight weight = 0;
  bool positive = false;

  // Labels come in no order, so a branch on them would be foretold wrongly half of the time.
  [[nodiscard]] Weight positive_weight() const {
    if constexpr (std::is_integral_v<Weight>) {
      return weight & (0 - Weight{positive});
    } else {
      return positive ? weight : 0;
    }
  }
};

/// Counts the pairs of a positive and a negative row that the positive one wins, ties half, over
/// weighted rows that come in ascending order of score: the area under the ROC curve (Hanley and
/// McNeil 1982). With whole numbers for weights it is exact, up to four thousand million rows.
template <class Weight>
class RankedPairs {
 public:
  using Row = RankedRow<Weight>;

  void add(const Row& row, bool ties_with_before) {
    if (!ties_with_before) {
      negatives_below_ += tied_negatives_;
      tied_negatives_ = tied_positives_ = 0;
    }
    const Weight positive = row.positive_weight();
    const Weight negative = row.weight - positive;
    won_twice_ += positive * (2 * negatives_below_ + tied_negatives_) + negative * tied_positives_;
    tied_positives_ += positive;
    tied_negatives_ += negative;
    positives_ += positive;
  }

  /// Rows 0 .. rows-1, none of which ties with the one before it; rows > 0.
  /// @param row_at  Row row_at(i)
  template <class RowAt>
  void add_distinct(std::size_t rows, RowAt row_at) {
    Weight below = negatives();
    Weight won = 0;
    Weight positives = 0;
    for (std::size_t i = 0; i + 1 < rows; ++i) {
      const Row row = row_at(i);
      const Weight positive = row.positive_weight();
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

  [[nodiscard]] Weight positives() const noexcept { return positives_; }
  [[nodiscard]] Weight negatives() const noexcept { return negatives_below_ + tied_negatives_; }
  /// NaN without rows of both labels.
  [[nodiscard]] double area_under_curve() const {
    return static_cast<double>(won_twice_) /
           (2 * static_cast<double>(positives_) * static_cast<double>(negatives()));
  }

 private:
  Weight negatives_below_ = 0;  ///< With a smaller score than the last row.
  Weight tied_negatives_ = 0;   ///< With the last row's score.
  Weight tied_positives_ = 0;
  Weight positives_ = 0;
  Weight won_twice_ = 0;
};

}  // namespace af::audit

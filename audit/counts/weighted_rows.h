#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <utility>

namespace af::audit {

/// What the weight of a row says.
enum class WeightKind {
  kFrequency,  ///< How many equal rows it stands for: a whole number. Everything is as if they
               ///< were.
  kSampling,   ///< How much of a population it stands for: any number, as those of a survey are.
};
constexpr auto enum_names(WeightKind) {
  return std::array{std::pair{WeightKind::kFrequency, "frequency"},
                    std::pair{WeightKind::kSampling, "sampling"}};
}

/// Rows with weights: how many there are, the sum of their weights and that of the weights'
/// squares. Rows without weights weigh 1, so that all three are their number. Whole numbers up to
/// 2^53 are exact.
struct WeightedRows {
  double rows = 0;
  double weight = 0;
  double squares = 0;

  constexpr WeightedRows() = default;
  constexpr WeightedRows(double rows_, double weight_, double squares_)
      : rows(rows_), weight(weight_), squares(squares_) {}
  /// Rows without weights; implicit, since a count is one.
  template <std::integral Count>
  constexpr WeightedRows(Count count)  // NOLINT(google-explicit-constructor)
      : rows(static_cast<double>(count)), weight(rows), squares(rows) {}

  /// Kish's effective number, (sum w)^2 / sum w^2: so many rows without weights would tell a mean
  /// as precisely; at most `rows`, and exactly that if all weigh the same. 0 for no rows.
  /// Source: Kish 1965, "Survey Sampling", on weights that are unrelated to what is measured.
  [[nodiscard]] constexpr double effective() const {
    if (weight == squares) return weight;  // All weigh 1: nothing is rounded.
    return squares > 0 ? weight * weight / squares : 0;
  }

  constexpr WeightedRows& operator+=(const WeightedRows& other) {
    rows += other.rows;
    weight += other.weight;
    squares += other.squares;
    return *this;
  }
  /// What is left of these rows without a part of them. No rows weigh exactly nothing.
  constexpr WeightedRows& operator-=(const WeightedRows& part) {
    rows -= part.rows;
    if (rows == 0) return *this = {};
    weight -= part.weight;
    squares -= part.squares;
    return *this;
  }
  friend constexpr WeightedRows operator+(WeightedRows a, const WeightedRows& b) { return a += b; }
  friend constexpr WeightedRows operator-(WeightedRows a, const WeightedRows& b) { return a -= b; }
  bool operator==(const WeightedRows&) const = default;
};

}  // namespace af::audit

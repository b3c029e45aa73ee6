#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "synth/keyed_permutation.h"

namespace af::synth {

/// A character and a colour, as positions in their lists.
struct Cell {
  std::size_t color = 0;
  std::size_t character = 0;
  bool operator==(const Cell&) const = default;
};

/// The joint distribution of colour and character: P(color) and P(char | color).
struct BiasTable {
  std::vector<std::string> chars;
  std::vector<std::string> colors;
  std::vector<double> color_share;              ///< P(color), [colors].
  std::vector<std::vector<double>> char_share;  ///< P(char | color), [colors][chars].

  /// @throws ConfigError that names the row, and its sum if that is not 1 (to 1e-9).
  void validate() const;
};

/// Colour j is tied to character j mod K:
///   P(char | color j) = p for that character, (1 - p) / (K - 1) for each other one;
/// colours are equally frequent. With two of each: p = P(char_0 | color_0) = P(char_1 | color_1).
/// A single character has probability 1 whatever p is.
[[nodiscard]] BiasTable tied_pairs(std::vector<std::string> chars, std::vector<std::string> colors,
                                   double p);

/// Whole counts with the given sum, nearest to `share` times it: each the part rounded down, and
/// one more for those with the largest remainders (the first of equal ones).
/// @param share  Sums to 1.
[[nodiscard]] std::vector<std::uint64_t> largest_remainder(const std::vector<double>& share,
                                                           std::uint64_t total);

/// Counts of every cell that a quota of `rows` realises: [colors][chars], largest remainder over
/// all cells at once.
[[nodiscard]] std::vector<std::vector<std::uint64_t>> quotas(const BiasTable& table,
                                                             std::uint64_t rows);

/// Independent draws: the cell of row i depends on (seed, i) alone.
class IndependentCells {
 public:
  IndependentCells(const BiasTable& table, std::uint64_t seed);
  [[nodiscard]] Cell operator()(std::uint64_t row) const;

 private:
  std::uint64_t seed_;
  std::vector<double> color_cumulative_;
  std::vector<std::vector<double>> char_cumulative_;
};

/// Exact counts, dealt to the rows in an order that depends on (seed, number of rows).
class QuotaCells {
 public:
  QuotaCells(const BiasTable& table, std::uint64_t seed, std::uint64_t rows);
  [[nodiscard]] Cell operator()(std::uint64_t row) const;

 private:
  std::size_t chars_;
  std::vector<std::uint64_t> ends_;  ///< Cumulative counts, cell by cell.
  KeyedPermutation order_;
};

}  // namespace af::synth

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "synth/keyed_permutation.h"

namespace af::synth {

/// P(factor | some factors before it) of a factor that has named levels.
struct ConditionalTable {
  std::string factor;
  std::vector<std::string> levels;
  std::vector<std::size_t> given;  ///< Positions of those factors in the joint table.
  /// [combinations of the given factors' levels, the last factor's running fastest][levels].
  std::vector<std::vector<double>> shares;
};

inline constexpr std::size_t kMostTied = 8;           ///< Factors of a joint table.
inline constexpr std::size_t kMostCells = 1'000'000;  ///< Of a joint table.

/// A level for each factor of a joint table, in its order.
using Levels = std::array<std::uint16_t, kMostTied>;

/// The joint distribution of factors: the product of their tables, each given some before it.
struct JointTable {
  std::vector<ConditionalTable> factors;  ///< At most `kMostTied`.

  /// @throws ConfigError that names the row, and its sum if that is not 1 (to 1e-9).
  void validate() const;
  /// Probability of every cell: [product of the numbers of levels], the last factor fastest.
  [[nodiscard]] std::vector<double> joint() const;
  [[nodiscard]] std::size_t cells() const;
  [[nodiscard]] Levels levels_of(std::size_t cell) const;
  [[nodiscard]] std::size_t cell_of(const Levels& levels) const;
  /// Position of a factor, or `factors.size()`.
  [[nodiscard]] std::size_t position(std::string_view factor) const;
  /// "P(char | blue)": a row of a factor's table.
  [[nodiscard]] std::string row_name(std::size_t factor, std::size_t combination) const;
  [[nodiscard]] std::size_t combinations(std::size_t factor) const;
  [[nodiscard]] std::size_t combination(std::size_t factor, const Levels& levels) const;
};

/// @throws ConfigError that begins with `name` if they are no distribution; it says their sum.
void check_shares(const std::vector<double>& shares, std::string_view name);

/// Equal shares of the levels, whatever the other factors.
[[nodiscard]] ConditionalTable marginal(std::string factor, std::vector<std::string> levels);

/// Colour j is tied to character j mod K:
///   P(char | color j) = p for that character, (1 - p) / (K - 1) for each other one;
/// colours are equally frequent. With two of each: p = P(char_0 | color_0) = P(char_1 | color_1).
/// A single character has probability 1 whatever p is.
[[nodiscard]] JointTable tied_pairs(const std::vector<std::string>& chars,
                                    const std::vector<std::string>& colors, double p);

/// The last colour is rare for every character: P(last) = 1 - p, the others share p equally, and
/// characters are equally frequent whatever the colour. A single colour has probability 1.
[[nodiscard]] JointTable rare_color(const std::vector<std::string>& chars,
                                    const std::vector<std::string>& colors, double p);

/// Whole counts with the given sum, nearest to `share` times it: each the part rounded down, and
/// one more for those with the largest remainders (the first of equal ones).
/// @param share  Sums to 1.
[[nodiscard]] std::vector<std::uint64_t> largest_remainder(const std::vector<double>& share,
                                                           std::uint64_t total);

/// Independent draws: the levels of row i depend on (seed, i) alone.
class IndependentCells {
 public:
  IndependentCells(const JointTable& table, std::uint64_t seed);
  [[nodiscard]] Levels operator()(std::uint64_t row) const;

 private:
  JointTable table_;
  std::uint64_t seed_;
  std::vector<std::vector<std::vector<double>>> cumulative_;  ///< [factors][combinations][levels].
};

/// Exact counts of every cell (largest remainder over all cells at once), dealt to the rows in an
/// order that depends on (seed, number of rows).
class QuotaCells {
 public:
  /// @param which  Of several deals of the same table that have nothing to do with each other.
  QuotaCells(const JointTable& table, std::uint64_t seed, std::uint64_t rows,
             std::uint64_t which = 0);
  [[nodiscard]] Levels operator()(std::uint64_t row) const;

 private:
  JointTable table_;
  std::vector<std::uint64_t> ends_;  ///< Cumulative counts, cell by cell.
  KeyedPermutation order_;
};

}  // namespace af::synth

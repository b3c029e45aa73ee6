#pragma once

#include <cstdint>

#include "audit/counts/two_way_table.h"

/// Exact probabilities of tables with fixed margins, accurate at any size: the factorials are never
/// subtracted from each other, only their small deviations from Stirling's formula are.
/// Source: Loader 2000, "Fast and accurate computation of binomial probabilities". That the
/// probability of a table is a product of Poisson terms is ours, by cancelling the linear terms.
namespace af::audit {

/// log P(X = n) of a Poisson variable with this mean; mean > 0, or both 0.
[[nodiscard]] double log_poisson(std::uint64_t n, double mean);

/// log of the probability of a table given its margins, prod r_i! prod c_j! / (N! prod n_ij!), as
///   sum_ij lp(n_ij; r_i c_j / N) + log_margins
/// with lp = log_poisson. This is the part that the margins alone decide.
[[nodiscard]] double log_margins(const TwoWayTable& table);

/// sum_ij lp(n_ij; r_i c_j / N).
[[nodiscard]] double log_cells(const TwoWayTable& table);

/// How many of `draws` rows, drawn without replacement out of `population`, are among its
/// `successes`. successes <= population, draws <= population.
struct Hypergeometric {
  std::uint64_t population = 0;
  std::uint64_t successes = 0;
  std::uint64_t draws = 0;

  [[nodiscard]] std::uint64_t lowest() const noexcept;
  [[nodiscard]] std::uint64_t highest() const noexcept;
  /// The most probable count; the larger one if two are.
  [[nodiscard]] std::uint64_t mode() const noexcept;
  [[nodiscard]] double mean() const noexcept;
  /// @param count  In [lowest, highest].
  [[nodiscard]] double log_probability(std::uint64_t count) const;
  /// The part of it that depends on the count.
  [[nodiscard]] double log_weight(std::uint64_t count) const;
  /// E|X - mean|, by a telescoping sum: 2 m (N - K - n + m) / N P(m) with m = floor(mean) + 1.
  [[nodiscard]] double mean_absolute_deviation() const;
  /// P(count + 1) / P(count); count in [lowest, highest).
  [[nodiscard]] double ratio(std::uint64_t count) const;
};

/// Probabilities count as equal if they differ by less than this part: a tie must not be decided
/// by rounding. As R's fisher.test has it.
inline constexpr double kTieTolerance = 1e-7;

/// Two-sided exact p-value: the probability of all counts that are no more probable than `observed`
/// (R's fisher.test; scipy.stats.fisher_exact with a smaller tolerance). 0 only below 1e-308.
/// Takes time in proportion to the standard deviation.
/// @param observed  In [lowest, highest].
[[nodiscard]] double two_sided_p(const Hypergeometric& distribution, std::uint64_t observed);

}  // namespace af::audit

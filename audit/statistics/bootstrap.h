#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "audit/statistics/estimate.h"
#include "audit/statistics/interval.h"

/// Bootstrap intervals for figures that have no interval in closed form.
namespace af::audit {

struct BootstrapOptions {
  std::uint64_t seed = 0;
  int replicates = 10'000;  ///< 0: no intervals.
  int threads = 1;
};

/// Acceleration of a statistic whose value without one row is `without[i]` for `rows[i]` rows each:
///   a = sum_i d_i^3 / (6 (sum_i d_i^2)^(3/2)),  d_i = mean - without[i].
/// Source: Efron 1987, "Better bootstrap confidence intervals", equation 7.3 by the jackknife. 0 if
/// no row matters. Undefined values (NaN) are left out.
[[nodiscard]] double acceleration(std::span<const double> without, std::span<const double> rows);

/// Rows that move a statistic alike, but each in proportion to its weight: the sums of w^2 and w^4
/// with w the weight over that of a row whose influence is known. Both are the number of rows if
/// all weigh the same.
struct WeightPowers {
  double squares = 0;
  double fourths = 0;

  constexpr WeightPowers() = default;
  constexpr WeightPowers(double squares_, double fourths_) : squares(squares_), fourths(fourths_) {}
  /// Rows that weigh the same; implicit, since a count is these.
  template <std::integral Count>
  constexpr WeightPowers(Count rows)  // NOLINT(google-explicit-constructor)
      : squares(static_cast<double>(rows)), fourths(squares) {}
};

/// How many rows, in effect, a statistic rests on: on the side with fewer, of the rows that pull it
/// up and of those that pull it down,
///   (sum_i s_i d_i^2)^2 / sum_i q_i d_i^4
/// with d_i the influence of a row of kind i, and s_i and q_i the sums of its rows' squared weights
/// and of their fourth powers (without weights both the number of rows), counted one row more than
/// were seen: a kind that was not seen, but of which one row would move the statistic far, leaves
/// it few rows to rest on, since no replicate has such a row. Of a share of x rows in n it is the
/// smaller of x + 1 and n - x + 1. 0 if nothing pulls it one way. Source: Satterthwaite 1946, "An
/// approximate distribution of estimates of variance components", for the degrees of freedom of a
/// sum of squares; each side alone and the row more are ours.
/// @param influence  [kinds] Above 0: up. Equal ones are one kind; undefined ones (NaN) are left
///                   out.
/// @param rows       [kinds] Those that were seen; none too.
[[nodiscard]] double effective_rows(std::span<const double> influence,
                                    std::span<const WeightPowers> rows);

/// Bias-corrected and accelerated interval: the replicates' quantiles at
///   Phi(z0 + (z0 + z) / (1 - a (z0 + z))),  z = the normal quantiles of (1 -+ confidence)/2,
/// with z0 the normal quantile of the share of replicates below the estimate, ties counted half.
/// Source: Efron 1987, equations 2.3 and 2.4; ties and quantiles as scipy.stats.bootstrap.
/// @param sorted  Replicates in ascending order, at least one.
[[nodiscard]] Interval bca(double estimate, std::span<const double> sorted, double acceleration,
                           double confidence = kConfidence);

/// What single rows tell about a statistic.
struct Jackknife {
  double acceleration = 0;
  double effective_rows = 0;
};

/// Fewer effective rows than these say little of a distribution: Cochran's least expected count.
/// docs/audit-intervals.md shows what intervals of fewer would be worth.
inline constexpr double kFewestEffectiveRows = 5;

/// Gives an estimate the interval of its replicates, or says why it has none: a replicate in a
/// hundred is undefined (NaN), all are the same, or it has fewer effective rows than
/// kFewestEffectiveRows.
void set_bca_interval(Estimate& estimate, std::vector<double> replicates,
                      const Jackknife& jackknife);

}  // namespace af::audit

#pragma once

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

/// Bias-corrected and accelerated interval: the replicates' quantiles at
///   Phi(z0 + (z0 + z) / (1 - a (z0 + z))),  z = the normal quantiles of (1 -+ confidence)/2,
/// with z0 the normal quantile of the share of replicates below the estimate, ties counted half.
/// Source: Efron 1987, equations 2.3 and 2.4.
/// @param sorted  Replicates in ascending order, at least one.
[[nodiscard]] Interval bca(double estimate, std::span<const double> sorted, double acceleration,
                           double confidence = kConfidence);

/// Gives an estimate the interval of its replicates, or says why it has none: a replicate in a
/// hundred is undefined (NaN), or all are the same.
void set_bca_interval(Estimate& estimate, std::vector<double> replicates, double acceleration);

}  // namespace af::audit

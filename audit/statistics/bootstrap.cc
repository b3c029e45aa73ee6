#include "audit/statistics/bootstrap.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace af::audit {
namespace {

double normal_quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }
double normal_cdf(double z) { return boost::math::cdf(boost::math::normal(), z); }

/// Interpolated between order statistics: the i-th of R lies at (i - 1)/(R - 1), as in numpy.
double quantile(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

double bias(double estimate, std::span<const double> sorted) {
  const auto [from, to] = std::ranges::equal_range(sorted, estimate);
  const auto below = static_cast<double>(from - sorted.begin());
  const auto ties = static_cast<double>(to - from);
  const auto size = static_cast<double>(sorted.size());
  // A share of 0 or 1 has no quantile; half a replicate is as far as they can tell.
  return normal_quantile(std::clamp((below + ties / 2) / size, 0.5 / size, 1 - 0.5 / size));
}

/// Rows that move a statistic alike.
struct Kind {
  double influence;
  WeightPowers rows;
};

double effective(std::span<const Kind> kinds) {
  double largest = 0;
  for (const Kind& kind : kinds) largest = std::max(largest, std::abs(kind.influence));
  double squares = 0;
  double fourths = 0;
  for (const Kind& kind : kinds) {
    const double square = std::pow(kind.influence / largest, 2);
    squares += kind.rows.squares * square;
    fourths += kind.rows.fourths * square * square;
  }
  return kinds.empty() ? 0.0 : squares * squares / fourths;
}

}  // namespace

double acceleration(std::span<const double> without, std::span<const double> rows) {
  double mean = 0;
  double total = 0;
  for (std::size_t i = 0; i < without.size(); ++i) {
    if (std::isnan(without[i])) continue;
    mean += rows[i] * without[i];
    total += rows[i];
  }
  mean /= total;
  double squares = 0;
  double cubes = 0;
  for (std::size_t i = 0; i < without.size(); ++i) {
    if (std::isnan(without[i])) continue;
    const double d = mean - without[i];
    squares += rows[i] * d * d;
    cubes += rows[i] * d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0.0;
}

double effective_rows(std::span<const double> influence, std::span<const WeightPowers> rows) {
  constexpr double kSame = 1e-9;  // Rounding makes no kinds, and nothing pull.
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < influence.size(); ++i) {
    if (!std::isnan(influence[i])) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::size_t i) { return influence[i]; });
  std::vector<Kind> kinds;
  double largest = 0;
  for (const std::size_t i : order) {
    const double d = influence[i];
    largest = std::max(largest, std::abs(d));
    if (kinds.empty() || d - kinds.back().influence > kSame * std::abs(d)) kinds.push_back({d, 1});
    kinds.back().rows.squares += rows[i].squares;
    kinds.back().rows.fourths += rows[i].fourths;
  }
  std::erase_if(kinds,
                [&](const Kind& kind) { return std::abs(kind.influence) <= kSame * largest; });
  const auto first_up =
      std::ranges::partition_point(kinds, [](const Kind& kind) { return kind.influence < 0; });
  return std::min(effective({kinds.begin(), first_up}), effective({first_up, kinds.end()}));
}

Interval bca(double estimate, std::span<const double> sorted, double acceleration,
             double confidence) {
  const double z0 = bias(estimate, sorted);
  const auto end = [&](double p) {
    const double z = z0 + normal_quantile(p);
    const double scale = 1 - acceleration * z;
    // Beyond its pole the formula turns round; the pole itself means the last replicate.
    if (scale <= 0) return quantile(sorted, z > 0 ? 1.0 : 0.0);
    return quantile(sorted, normal_cdf(z0 + z / scale));
  };
  return {.low = end((1 - confidence) / 2), .high = end((1 + confidence) / 2)};
}

void set_bca_interval(Estimate& estimate, std::vector<double> replicates,
                      const Jackknife& jackknife) {
  constexpr double kMayBeUndefined = 0.01;
  const std::size_t all = replicates.size();
  std::erase_if(replicates, [](double value) { return std::isnan(value); });
  const std::size_t undefined = all - replicates.size();
  if (static_cast<double>(undefined) >= kMayBeUndefined * static_cast<double>(all)) {
    estimate.interval =
        fmt::format("none: it is undefined in {} of {} bootstrap replicates", undefined, all);
    return;
  }
  std::ranges::sort(replicates);
  if (replicates.front() == replicates.back()) {
    estimate.interval = fmt::format("none: all {} bootstrap replicates are the same", all);
    return;
  }
  if (jackknife.effective_rows < kFewestEffectiveRows) {
    estimate.interval = fmt::format(
        "none: {:.1f} rows in effect pull it up or down, and a bootstrap interval needs {:g}",
        std::floor(10 * jackknife.effective_rows) / 10, kFewestEffectiveRows);
    return;
  }
  const Interval interval = bca(*estimate.value, replicates, jackknife.acceleration);
  estimate.low = interval.low;
  estimate.high = interval.high;
  estimate.interval = fmt::format("95 % BCa bootstrap interval, {} replicates", all);
}

}  // namespace af::audit

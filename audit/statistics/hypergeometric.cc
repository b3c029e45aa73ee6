#include "audit/statistics/hypergeometric.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/log1p.hpp>
#include <cmath>
#include <numbers>

namespace af::audit {
namespace {

/// log(mean / n) - (mean / n - 1), accurate for a mean near n and for one near 0.
double log_minus_excess(double mean, double n) {
  // Near 1 the logarithm would cancel; far from it Boost's series is slow.
  constexpr double kNothingCancels = 0.1;
  const double excess = (mean - n) / n;
  return std::abs(excess) > kNothingCancels ? std::log(mean / n) - excess
                                            : boost::math::log1pmx(excess);
}

/// log n! - log(sqrt(2 pi n) (n/e)^n), n >= 1.
double stirling_error(std::uint64_t n) {
  constexpr std::uint64_t kExactFactorials = 15;
  const auto x = static_cast<double>(n);
  if (n <= kExactFactorials) {
    double factorial = 1;
    for (std::uint64_t i = 2; i <= n; ++i) factorial *= static_cast<double>(i);
    return std::log(factorial) - 0.5 * std::log(2 * std::numbers::pi * x) - x * std::log(x) + x;
  }
  constexpr std::array kSeries{1.0 / 12, 1.0 / 360, 1.0 / 1260, 1.0 / 1680, 1.0 / 1188};
  const double xx = x * x;
  return (kSeries[0] -
          (kSeries[1] - (kSeries[2] - (kSeries[3] - kSeries[4] / xx) / xx) / xx) / xx) /
         x;
}

/// The sum of P(k) / P(from) over k = from, from + 1, ... or downwards, on a side where the
/// probabilities fall.
double relative_tail(const Hypergeometric& of, std::uint64_t from, bool upwards) {
  constexpr double kNegligible = 1e-18;
  const std::uint64_t end = upwards ? of.highest() : of.lowest();
  double term = 1;
  double sum = 1;
  for (std::uint64_t k = from; k != end; upwards ? ++k : --k) {
    const double ratio = upwards ? of.ratio(k) : 1 / of.ratio(k - 1);
    term *= ratio;
    sum += term;
    if (ratio < 1 && term < kNegligible * sum * (1 - ratio)) break;
  }
  return sum;
}

}  // namespace

double log_poisson(std::uint64_t n, double mean) {
  if (n == 0) return -mean;
  const auto x = static_cast<double>(n);
  return x * log_minus_excess(mean, x) - stirling_error(n) -
         0.5 * std::log(2 * std::numbers::pi * x);
}

double log_margins(const TwoWayTable& table) {
  const auto at_its_mean = [](std::uint64_t n) { return log_poisson(n, static_cast<double>(n)); };
  double sum = at_its_mean(table.total());
  for (const std::uint64_t row : table.row_sums()) sum -= at_its_mean(row);
  for (const std::uint64_t column : table.column_sums()) sum -= at_its_mean(column);
  return sum;
}

double log_cells(const TwoWayTable& table) {
  const auto rows = table.row_sums();
  const auto columns = table.column_sums();
  const auto total = static_cast<double>(table.total());
  double sum = 0;
  for (std::size_t i = 0; i < table.rows; ++i) {
    for (std::size_t j = 0; j < table.columns; ++j) {
      const double mean = static_cast<double>(rows[i]) / total * static_cast<double>(columns[j]);
      sum += log_poisson(table.at(i, j), mean);
    }
  }
  return sum;
}

std::uint64_t Hypergeometric::lowest() const noexcept {
  const std::uint64_t failures = population - successes;
  return draws > failures ? draws - failures : 0;
}

std::uint64_t Hypergeometric::highest() const noexcept { return std::min(draws, successes); }

std::uint64_t Hypergeometric::mode() const noexcept {
  const double peak = (static_cast<double>(draws) + 1) * (static_cast<double>(successes) + 1) /
                      (static_cast<double>(population) + 2);
  return std::clamp(static_cast<std::uint64_t>(peak), lowest(), highest());
}

double Hypergeometric::mean() const noexcept {
  return population == 0 ? 0.0
                         : static_cast<double>(draws) / static_cast<double>(population) *
                               static_cast<double>(successes);
}

double Hypergeometric::log_probability(std::uint64_t count) const {
  const auto at_its_mean = [](std::uint64_t n) { return log_poisson(n, static_cast<double>(n)); };
  return log_weight(count) - at_its_mean(draws) - at_its_mean(population - draws) -
         at_its_mean(successes) - at_its_mean(population - successes) + at_its_mean(population);
}

double Hypergeometric::log_weight(std::uint64_t count) const {
  const double in_draws = static_cast<double>(draws) / static_cast<double>(population);
  const double in_rest = static_cast<double>(population - draws) / static_cast<double>(population);
  const auto hits = static_cast<double>(successes);
  const auto others = static_cast<double>(population - successes);
  return log_poisson(count, in_draws * hits) + log_poisson(draws - count, in_draws * others) +
         log_poisson(successes - count, in_rest * hits) +
         log_poisson(population - successes - (draws - count), in_rest * others);
}

double Hypergeometric::ratio(std::uint64_t count) const {
  return static_cast<double>(successes - count) * static_cast<double>(draws - count) /
         (static_cast<double>(count + 1) *
          static_cast<double>(population - successes - (draws - count) + 1));
}

double Hypergeometric::mean_absolute_deviation() const {
  const std::uint64_t m = static_cast<std::uint64_t>(mean()) + 1;
  if (m > highest()) return 0;  // The mean is the only possible count.
  const auto failures_left = static_cast<double>(population - successes - (draws - m));
  return 2 * static_cast<double>(m) * (failures_left / static_cast<double>(population)) *
         std::exp(log_probability(m));
}

double two_sided_p(const Hypergeometric& distribution, std::uint64_t observed) {
  const double log_observed = distribution.log_probability(observed);
  const double limit = log_observed + std::log1p(kTieTolerance);
  const std::uint64_t mode = distribution.mode();
  const auto counts_too = [&](std::uint64_t k) { return distribution.log_probability(k) <= limit; };
  if (counts_too(mode)) return 1.0;
  const bool above = observed > mode;
  double p = std::exp(log_observed) * relative_tail(distribution, observed, above);
  const std::uint64_t end = above ? distribution.lowest() : distribution.highest();
  if (!counts_too(end)) return std::min(1.0, p);
  // The other side falls from the mode to its end: find where it first is improbable enough.
  std::uint64_t probable = mode;
  std::uint64_t improbable = end;
  while (std::max(probable, improbable) - std::min(probable, improbable) > 1) {
    const std::uint64_t middle =
        std::min(probable, improbable) +
        (std::max(probable, improbable) - std::min(probable, improbable)) / 2;
    (counts_too(middle) ? improbable : probable) = middle;
  }
  p += std::exp(distribution.log_probability(improbable)) *
       relative_tail(distribution, improbable, !above);
  return std::min(1.0, p);
}

}  // namespace af::audit

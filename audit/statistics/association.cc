#include "audit/statistics/association.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>

#include "audit/statistics/independence.h"

namespace af::audit {
namespace {

/// sqrt of a noncentral chi-square variable is normal with mean sqrt(l) + (k-1)/(2 sqrt(l)) and
/// variance 1 up to terms of order 1/l: from here on better than 1e-9 of the result, where the
/// exact series would take as many terms as sqrt(l).
constexpr double kNormalFrom = 1e7;

double large_noncentrality(double statistic, double degrees, double probability) {
  const double z = boost::math::quantile(boost::math::normal(), probability);
  const double mean = std::sqrt(statistic) - z;
  const double root = (mean + std::sqrt(std::max(0.0, mean * mean - 2 * (degrees - 1)))) / 2;
  return root * root;
}

}  // namespace

double noncentrality(double statistic, double degrees_of_freedom, double probability) {
  if (statistic > kNormalFrom && degrees_of_freedom < std::sqrt(statistic)) {
    return large_noncentrality(statistic, degrees_of_freedom, probability);
  }
  if (cdf(boost::math::chi_squared(degrees_of_freedom), statistic) <= probability) return 0;
  const auto excess = [&](double lambda) {
    return cdf(boost::math::non_central_chi_squared(degrees_of_freedom, lambda), statistic) -
           probability;
  };
  // At this noncentrality the statistic is ten standard deviations below its mean.
  double high = statistic + 10 * std::sqrt(2 * degrees_of_freedom + 4 * statistic) + 100;
  while (excess(high) > 0) high *= 2;
  std::uintmax_t iterations = 200;
  const auto [low_end, high_end] = boost::math::tools::toms748_solve(
      excess, 0.0, high, boost::math::tools::eps_tolerance<double>(46), iterations);
  return (low_end + high_end) / 2;
}

Estimate cramers_v(const TwoWayTable& table) {
  const TwoWayTable kept = table.without_empty();
  if (auto reason = not_testable(kept)) return undefined(*reason);
  const double most = static_cast<double>(kept.total()) *
                      (static_cast<double>(std::min(kept.rows, kept.columns)) - 1);
  return without_interval(std::min(1.0, std::sqrt(pearson_statistic(kept).value / most)),
                          "none: that of the corrected value is given");
}

Estimate corrected_cramers_v(const TwoWayTable& table, double confidence) {
  const TwoWayTable kept = table.without_empty();
  if (auto reason = not_testable(kept)) return undefined(*reason);
  const auto n = static_cast<double>(kept.total());
  const auto corrected = [&](std::size_t values) {
    const double others = static_cast<double>(values) - 1;
    return others - others * others / (n - 1);
  };
  const double most = std::min(corrected(kept.rows), corrected(kept.columns));
  if (!(most > 0)) return undefined("There are too few rows for so many classes and groups.");
  const PearsonStatistic pearson = pearson_statistic(kept);
  const double phi2 = std::max(0.0, pearson.value / n - pearson.degrees_of_freedom / (n - 1));
  const auto end = [&](double probability) {
    const double lambda = noncentrality(pearson.value, pearson.degrees_of_freedom, probability);
    return std::min(1.0, std::sqrt(lambda / n / most));
  };
  return {.value = std::min(1.0, std::sqrt(phi2 / most)),
          .low = end(0.5 + confidence / 2),
          .high = end(0.5 - confidence / 2),
          .reason = {},
          .interval = "95 % interval by inverting the noncentral chi-square distribution"};
}

}  // namespace af::audit

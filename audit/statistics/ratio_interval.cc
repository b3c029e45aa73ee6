#include "audit/statistics/ratio_interval.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/roots.hpp>
#include <cassert>
#include <cmath>

namespace af::audit {
namespace {

/// Koopman's score statistic, which falls with the ratio.
class Score {
 public:
  Score(Proportion first, Proportion second)
      : x1_(first.successes), n1_(first.trials), x2_(second.successes), n2_(second.trials) {}

  [[nodiscard]] double operator()(double ratio) const {
    // Root of n t q^2 - b q + (x1 + x2) = 0 that is a probability, without cancellation.
    const double b = n1_ * ratio + x1_ + n2_ + x2_ * ratio;
    const double root = std::sqrt(std::max(0.0, b * b - 4 * (n1_ + n2_) * ratio * (x1_ + x2_)));
    const double q2 = 2 * (x1_ + x2_) / (b + root);
    const double q1 = std::min(1.0, ratio * q2);
    const double variance = q1 * (1 - q1) / n1_ + ratio * ratio * q2 * std::max(0.0, 1 - q2) / n2_;
    const double difference = x1_ / n1_ - ratio * (x2_ / n2_);
    if (variance > 0) return difference / std::sqrt(variance);
    return difference == 0 ? 0.0 : std::copysign(kBeyond, difference);
  }

 private:
  static constexpr double kBeyond = 1e9;

  double x1_;
  double n1_;
  double x2_;
  double n2_;
};

double solve(const Score& score, double target, double low, double high) {
  std::uintmax_t iterations = 200;
  const auto [a, b] = boost::math::tools::toms748_solve(
      [&](double ratio) { return score(ratio) - target; }, low, high,
      boost::math::tools::eps_tolerance<double>(48), iterations);
  return (a + b) / 2;
}

}  // namespace

Interval koopman(Proportion first, Proportion second, double confidence) {
  assert(first.trials > 0 && second.successes > 0);
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
  const Score score(first, second);
  const double ratio = first.successes / first.trials / (second.successes / second.trials);
  double above = std::max(1.0, 2 * ratio);
  while (score(above) > -z) above *= 2;
  double below = ratio / 2;
  while (first.successes > 0 && score(below) < z) below /= 2;
  return {.low = first.successes == 0 ? 0.0 : solve(score, z, below, ratio),
          .high = solve(score, -z, ratio, above)};
}

}  // namespace af::audit

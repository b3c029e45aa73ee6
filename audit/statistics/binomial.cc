#include "audit/statistics/binomial.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/portable_math.h"

namespace af::audit {
namespace {

/// ln k! - [ (k + 1/2) ln(k + 1) - (k + 1) + ln sqrt(2 pi) ], the correction of Stirling's formula.
double stirling_correction(double k) {
  constexpr std::array kSmall{0.0810614667953272,  0.0413406959554092, 0.0276779256849983,
                              0.02079067210376509, 0.0166446911898211, 0.0138761288230707,
                              0.0118967099458917,  0.0104112652619720, 0.00925546218271273,
                              0.00833056343336287};
  if (k < static_cast<double>(kSmall.size())) return kSmall[static_cast<std::size_t>(k)];
  const double inverse = 1 / (k + 1);
  const double square = inverse * inverse;
  return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 * square) * square) * inverse;
}

/// Up to p = 1/2 with n p below 10: goes up the distribution function by the ratio of neighbours.
std::uint64_t by_inversion(std::uint64_t trials, double p, Stream& stream) {
  if (p <= 0 || trials == 0) return 0;
  const auto n = static_cast<double>(trials);
  const double odds = p / (1 - p);
  const double none = portable::exp(n * portable::log(1 - p));  // At least about e^-14.
  while (true) {
    double u = stream.uniform();
    double probability = none;
    for (double k = 0; k <= n; ++k) {
      if (u < probability) return static_cast<std::uint64_t>(k);
      u -= probability;
      probability *= odds * (n - k) / (k + 1);
    }
    // Rounding left u a hair above the sum of all: draw again.
  }
}

/// Up to p = 1/2 with n p of 10 or more.
std::uint64_t by_rejection(std::uint64_t trials, double p, Stream& stream) {
  const auto n = static_cast<double>(trials);
  const double spread = std::sqrt(n * p * (1 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double c = n * p + 0.5;
  const double v_r = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double m = std::floor((n + 1) * p);
  while (true) {
    const double u = stream.uniform() - 0.5;
    double v = 1 - stream.uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + c);
    if (us >= 0.07 && v <= v_r) return static_cast<std::uint64_t>(k);
    if (k < 0 || k > n) continue;
    v = portable::log(v * alpha / (a / (us * us) + b));
    const double bound = (m + 0.5) * portable::log((m + 1) / (p / (1 - p) * (n - m + 1))) +
                         (n + 1) * portable::log((n - m + 1) / (n - k + 1)) +
                         (k + 0.5) * portable::log(p / (1 - p) * (n - k + 1) / (k + 1)) +
                         stirling_correction(m) + stirling_correction(n - m) -
                         stirling_correction(k) - stirling_correction(n - k);
    if (v <= bound) return static_cast<std::uint64_t>(k);
  }
}

}  // namespace

std::uint64_t binomial(std::uint64_t n, double p, Stream& stream) {
  constexpr double kFewExpected = 10;
  if (p > 0.5) return n - binomial(n, 1 - p, stream);
  return static_cast<double>(n) * p < kFewExpected ? by_inversion(n, p, stream)
                                                   : by_rejection(n, p, stream);
}

void resample_counts(std::span<const std::uint64_t> weights, Stream& stream,
                     std::span<std::uint64_t> out) {
  assert(weights.size() == out.size());
  std::uint64_t weight_left = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  std::uint64_t rows_left = weight_left;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0 || rows_left == 0) {
      out[i] = 0;
    } else if (weights[i] == weight_left) {
      out[i] = rows_left;  // The last cell that can have any.
    } else {
      const double p = static_cast<double>(weights[i]) / static_cast<double>(weight_left);
      out[i] = binomial(rows_left, p, stream);
    }
    rows_left -= out[i];
    weight_left -= weights[i];
  }
}

}  // namespace af::audit

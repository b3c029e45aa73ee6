#include "audit/statistics/binomial.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "audit/statistics/transformed_rejection.h"

namespace af::audit {
namespace {

/// x^n by squaring: multiplications are the same on every machine, and cost a tenth of exp(n log
/// x).
double power(double x, std::uint64_t n) {
  double result = 1;
  for (; n > 0; n >>= 1) {
    if ((n & 1) == 1) result *= x;
    x *= x;
  }
  return result;
}

/// Up to p = 1/2 with n p below 10: goes up the distribution function by the ratio of neighbours.
std::uint64_t by_inversion(std::uint64_t trials, double p, Stream& stream) {
  if (p <= 0 || trials == 0) return 0;
  const auto n = static_cast<double>(trials);
  const double odds = p / (1 - p);
  const double none = power(1 - p, trials);  // At least about e^-14.
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
  const TransformedRejection points(trials, p);
  while (true) {
    const double u = stream.uniform() - 0.5;
    const double v = 1 - stream.uniform();
    if (const auto count = points.at(u, v)) return *count;
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

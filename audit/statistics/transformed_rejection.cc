#include "audit/statistics/transformed_rejection.h"

#include <array>
#include <cmath>

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

}  // namespace

TransformedRejection::TransformedRejection(std::uint64_t n, double p)
    : n_(static_cast<double>(n)), odds_(p / (1 - p)), variance_(n_ * p * (1 - p)) {
  const double spread = std::sqrt(variance_);
  b_ = 1.15 + 2.53 * spread;
  a_ = -0.0873 + 0.0248 * b_ + 0.01 * p;
  c_ = n_ * p + 0.5;
  v_r_ = 0.92 - 4.2 / b_;
  alpha_ = (2.83 + 5.1 / b_) * spread;
  m_ = std::floor((n_ + 1) * p);
}

double TransformedRejection::count(double u) const {
  return (2 * a_ / (0.5 - std::abs(u)) + b_) * u + c_;
}

double TransformedRejection::slope(double u) const {
  const double us = 0.5 - std::abs(u);
  return (a_ / (us * us) + b_) / alpha_;
}

double TransformedRejection::ratio_near_mode(double k) const {
  double ratio = 1;
  for (double i = m_ + 1; i <= k; ++i) ratio *= odds_ * (n_ + 1 - i) / i;
  for (double i = k + 1; i <= m_; ++i) ratio *= i / (odds_ * (n_ + 1 - i));
  return ratio;
}

TransformedRejection::Bounds TransformedRejection::log_ratio_bounds(double k) const {
  const double far = std::abs(k - m_);
  const double normal = -far * far / (2 * variance_);
  const double error = far / variance_ * (((far / 3 + 0.625) * far + 1.0 / 6) / variance_ + 0.5);
  return {.low = normal - error, .high = normal + error};
}

double TransformedRejection::log_ratio(double k) const {
  return (m_ + 0.5) * portable::log((m_ + 1) / (odds_ * (n_ - m_ + 1))) +
         (n_ + 1) * portable::log((n_ - m_ + 1) / (n_ - k + 1)) +
         (k + 0.5) * portable::log(odds_ * (n_ - k + 1) / (k + 1)) + stirling_correction(m_) +
         stirling_correction(n_ - m_) - stirling_correction(k) - stirling_correction(n_ - k);
}

std::optional<std::uint64_t> TransformedRejection::at(double u, double v) const {
  const double k = std::floor(count(u));
  if (std::abs(u) <= kUnseen && v <= v_r_) return static_cast<std::uint64_t>(k);
  if (k < 0 || k > n_) return {};
  const double wanted = v / slope(u);
  bool taken = false;
  if (std::abs(k - m_) <= kNear) {
    taken = wanted <= ratio_near_mode(k);
  } else {
    const double log_wanted = portable::log(wanted);
    const Bounds bounds = log_ratio_bounds(k);
    taken = log_wanted < bounds.low || (log_wanted <= bounds.high && log_wanted <= log_ratio(k));
  }
  return taken ? std::optional(static_cast<std::uint64_t>(k)) : std::nullopt;
}

}  // namespace af::audit

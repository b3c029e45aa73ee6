#include "al/acquisition/bal_ent_acq.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cmath>

namespace af::al::acquisition {
namespace {

constexpr double kLeastMoment = 1e-9;
constexpr double kLeastConcentration = 1e-6;
constexpr double kMostConcentration = 1e8;

/// Differential entropy of Beta(a, b).
at::Tensor beta_entropy(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor log_beta = a.lgamma() + b.lgamma() - (a + b).lgamma();
  return log_beta - (a - 1) * a.digamma() - (b - 1) * b.digamma() + (a + b - 2) * (a + b).digamma();
}

/// Variance over the draws with T - 1, [N, classes].
at::Tensor variances(const at::Tensor& log_probabilities, const at::Tensor& mean) {
  const std::int64_t draws = log_probabilities.size(0);
  at::Tensor squares = at::zeros_like(mean);
  for (std::int64_t t = 0; t < draws; ++t) {
    squares.add_((log_probabilities[t].to(at::kDouble).exp() - mean).square_());
  }
  return squares.div_(std::max<std::int64_t>(1, draws - 1));
}

}  // namespace

std::vector<double> bal_ent_acq_scores(const at::Tensor& log_probabilities) {
  const at::NoGradGuard no_grad;
  const at::Tensor p = mean_probabilities(log_probabilities);
  const at::Tensor v = variances(log_probabilities, p).clamp_min_(kLeastMoment);
  const at::Tensor m = p.clamp(kLeastMoment, 1 - kLeastMoment);
  const at::Tensor nu = (m * (1 - m) / v - 1).clamp_(kLeastConcentration, kMostConcentration);
  const at::Tensor entropy = at::special_entr(p).sum(1);
  const at::Tensor joint = (m * beta_entropy(m * nu + 1, (1 - m) * nu)).sum(1) + entropy;
  const at::Tensor balanced = joint / (entropy + std::log(2.0));
  return to_vector(at::where(balanced >= 0, balanced.reciprocal(), balanced));
}

}  // namespace af::al::acquisition

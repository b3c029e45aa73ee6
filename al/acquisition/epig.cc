#include "al/acquisition/epig.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>

namespace af::al::acquisition {
namespace {

at::Tensor entropies(const at::Tensor& p, std::int64_t dimension) {
  return (p * p.clamp_min(std::numeric_limits<double>::min()).log()).sum(dimension).neg();
}

}  // namespace

std::vector<double> epig_scores(const at::Tensor& log_probabilities, const at::Tensor& targets,
                                std::int64_t memory_bytes) {
  const at::NoGradGuard no_grad;
  const std::int64_t draws = log_probabilities.size(0);
  const std::int64_t rows = log_probabilities.size(1);
  const std::int64_t classes = log_probabilities.size(2);
  const std::int64_t samples = targets.size(1);
  const at::Tensor target_p = targets.to(at::kDouble).exp();  // [T, M, classes]
  const at::Tensor target_entropy = entropies(target_p.mean(0), 1).mean();
  const at::Tensor flat_targets = target_p.flatten(1).div(draws);  // [T, M * classes]
  // The joint probabilities, their logarithms and the products of both.
  const std::int64_t row_bytes = 8 * classes * (3 * samples * classes + 3 * draws);
  const std::int64_t size = std::max<std::int64_t>(1, memory_bytes / row_bytes);
  std::vector<double> scores;
  for (std::int64_t first = 0; first < rows; first += size) {
    const std::int64_t n = std::min(size, rows - first);
    const at::Tensor p = log_probabilities.narrow(1, first, n).to(at::kDouble).exp();
    const at::Tensor joint = p.flatten(1).t().mm(flat_targets);  // [n * classes, M * classes]
    const at::Tensor joint_entropy = entropies(joint, 1).view({n, classes}).sum(1).div(samples);
    const std::vector<double> some =
        to_vector(entropies(p.mean(0), 1) + target_entropy - joint_entropy);
    scores.insert(scores.end(), some.begin(), some.end());
  }
  return scores;
}

std::vector<double> Epig::scores(Candidates& candidates) const {
  const at::Tensor targets = candidates.target_log_probabilities(options_.target_samples);
  return epig_scores(candidates.log_probabilities(), targets, options_.joint_memory_mb * 1'000'000);
}

}  // namespace af::al::acquisition

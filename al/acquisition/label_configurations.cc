#include "al/acquisition/label_configurations.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace af::al::acquisition {
namespace {

/// Positions of `weights` and how many of `count` equal steps, begun at `start` in [0, 1), end in
/// each; positions without any are left out.
struct Resampled {
  std::vector<std::int64_t> positions;
  std::vector<double> shares;
};

Resampled systematic(const at::Tensor& weights, std::int64_t count, double start) {
  const at::Tensor on_cpu = weights.cpu();
  const double* weight = on_cpu.const_data_ptr<double>();
  const auto total = static_cast<double>(count);
  Resampled kept;
  double cumulated = 0;
  std::int64_t taken = 0;
  for (std::int64_t i = 0; i < on_cpu.numel(); ++i) {
    cumulated += weight[i];
    // The last weight ends at 1, whatever rounding makes of the sum.
    const double end = i + 1 == on_cpu.numel() ? total : cumulated * total;
    std::int64_t steps = 0;
    while (taken < count && static_cast<double>(taken) + start < end) ++taken, ++steps;
    if (steps == 0) continue;
    kept.positions.push_back(i);
    kept.shares.push_back(static_cast<double>(steps) / total);
  }
  return kept;
}

}  // namespace

LabelConfigurations::LabelConfigurations(std::int64_t draws, std::int64_t limit, at::Device device)
    : limit_(limit),
      weights_(at::ones({1}, at::TensorOptions(device).dtype(at::kDouble))),
      posterior_(at::full({1, draws}, 1.0 / static_cast<double>(draws), weights_.options())) {}

void LabelConfigurations::extend(const at::Tensor& probabilities, Stream stream) {
  const at::NoGradGuard no_grad;
  // [M, classes, T]: p(w_t, y | y_1..n); its sum over the draws is p(y | y_1..n).
  const at::Tensor joint = posterior_.unsqueeze(1) * probabilities.t().unsqueeze(0);
  const at::Tensor next = joint.sum(2);
  const at::Tensor kept = (next > 0).flatten().nonzero().squeeze(1);
  weights_ = (weights_.unsqueeze(1) * next).flatten().index_select(0, kept);
  weights_.div_(weights_.sum());
  posterior_ = (joint / next.unsqueeze(2)).flatten(0, 1).index_select(0, kept);
  if (weights_.size(0) > limit_) resample(stream);
}

void LabelConfigurations::resample(Stream stream) {
  const Resampled kept = systematic(weights_, limit_, stream.uniform());
  const at::Tensor index = at::tensor(kept.positions, at::kLong).to(weights_.device());
  posterior_ = posterior_.index_select(0, index);
  weights_ = at::tensor(kept.shares, at::kDouble).to(weights_.device());
  exact_ = false;
}

}  // namespace af::al::acquisition

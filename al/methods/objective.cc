#include "al/methods/objective.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

namespace af::al::methods {

at::Tensor row_losses(const at::Tensor& logits, const at::Tensor& labels) {
  return at::cross_entropy_loss(logits, labels, {}, at::Reduction::None);
}

at::Tensor MeanLoss::loss(const TrainingBatch& batch) {
  return at::cross_entropy_loss(batch.logits, batch.labels);
}

WeightedLoss::WeightedLoss(std::span<const double> weights, at::Device device)
    : weights_(at::tensor(std::vector<double>(weights.begin(), weights.end()), at::kDouble)
                   .to(at::kFloat)
                   .to(device)) {}

at::Tensor WeightedLoss::loss(const TrainingBatch& batch) {
  const at::Tensor weights = weights_.index_select(0, batch.positions);
  return (row_losses(batch.logits, batch.labels) * weights).mean();
}

GroupDro::GroupDro(std::span<const std::int64_t> cells, double step, at::Device device)
    : step_(step) {
  std::vector<std::int64_t> present(cells.begin(), cells.end());
  std::ranges::sort(present);
  present.erase(std::ranges::unique(present).begin(), present.end());
  std::vector<std::int64_t> numbers;
  for (const std::int64_t cell : cells) {
    numbers.push_back(std::ranges::lower_bound(present, cell) - present.begin());
  }
  const auto groups = static_cast<std::int64_t>(present.size());
  groups_ = at::tensor(numbers, at::kLong).to(device);
  q_ = at::full({groups}, 1.0 / static_cast<double>(groups),
                at::TensorOptions(device).dtype(at::kFloat));
}

at::Tensor GroupDro::loss(const TrainingBatch& batch) {
  // A matrix of who is in which group keeps the sums' order, where adding into places would not.
  const at::Tensor numbers = at::arange(q_.size(0), groups_.options());
  const at::Tensor members = groups_.index_select(0, batch.positions)
                                 .unsqueeze(1)
                                 .eq(numbers)
                                 .to(batch.logits.scalar_type());
  const at::Tensor sizes = members.sum(0).clamp_min(1);
  const at::Tensor losses = members.t().mv(row_losses(batch.logits, batch.labels)) / sizes;
  {
    const at::NoGradGuard no_grad;
    q_.mul_((losses.detach().to(q_.scalar_type()) * step_).exp());
    q_.div_(q_.sum());
  }
  return (q_.to(losses.scalar_type()) * losses).sum();
}

}  // namespace af::al::methods

#include "al/methods/adversarial.h"

#include <ATen/ATen.h>

#include <vector>

namespace af::al::methods {

at::Tensor reversed_gradient(const at::Tensor& x) {
  // 2 x - x is x without rounding, and only the second x has a gradient.
  return x.detach() * 2 - x;
}

Adversarial::Adversarial(const models::AdversaryHead& adversary,
                         std::span<const std::int64_t> groups, double lambda, at::Device device)
    : adversary_(adversary),
      groups_(at::tensor(std::vector<std::int64_t>(groups.begin(), groups.end()), at::kLong)
                  .to(device)),
      lambda_(lambda) {}

at::Tensor Adversarial::loss(const TrainingBatch& batch) {
  const at::Tensor groups = adversary_.logits(reversed_gradient(batch.classifier_input),
                                              batch.masks.at(0), batch.masks.at(1));
  return at::cross_entropy_loss(batch.logits, batch.labels) +
         lambda_ * at::cross_entropy_loss(groups, groups_.index_select(0, batch.positions));
}

}  // namespace af::al::methods

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "al/methods/objective.h"
#include "al/models/adversary_head.h"

namespace af::al::methods {

/// The value of x, with its gradient reversed:
///   R(x) = x,  dR/dx = -I.
/// Source: Ganin and Lempitsky 2015 (arXiv:1409.7495), eqs. 5 and 6 of its preprint, lambda 1.
[[nodiscard]] at::Tensor reversed_gradient(const at::Tensor& x);

/// GRAD: an adversary learns to tell the groups from what the classifier reads, and the network to
/// keep it from that:
///   loss = mean CE(logits, labels) + lambda mean CE(adversary(R(classifier input)), groups),
/// so that the adversary descends lambda times its loss and the features ascend it. Gradients of
/// all parameters together are cut to a norm of 5.
/// Source: Raff and Sylvester 2018 (arXiv:1807.00392), "Gradient Reversal Against Discrimination";
/// head, place and cut as in the code of Branchaud-Charron et al. 2021 (arXiv:2104.06879).
class Adversarial final : public Objective {
 public:
  /// @param groups  Codes of the group attribute, one for each labelled row.
  /// @param lambda  Weight of the adversary's loss.
  Adversarial(const models::AdversaryHead& adversary, std::span<const std::int64_t> groups,
              double lambda, at::Device device);
  [[nodiscard]] std::vector<std::int64_t> mask_widths() const override {
    return {adversary_.unit_count(), adversary_.unit_count()};
  }
  [[nodiscard]] at::Tensor loss(const TrainingBatch& batch) override;
  [[nodiscard]] std::optional<double> gradient_limit() const override { return 5; }

 private:
  const models::AdversaryHead& adversary_;
  at::Tensor groups_;  ///< [n] int64
  double lambda_;
};

}  // namespace af::al::methods

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace af::al::methods {

/// A training batch and what the network makes of it.
struct TrainingBatch {
  at::Tensor logits;              ///< [B, classes]
  at::Tensor labels;              ///< [B] int64
  at::Tensor positions;           ///< [B] int64: which of the labelled rows they are
  at::Tensor classifier_input;    ///< [B, I], models/backbone.h
  std::vector<at::Tensor> masks;  ///< Of the objective's own layers, [B, width] each: 0 or 2
};

/// What training minimises, batch by batch. Computing a loss is part of work that a device may
/// record and replay (device/repeated_work.h says what that asks of it).
class Objective {
 public:
  virtual ~Objective() = default;

  /// Widths of the objective's own layers with dropout; none as a rule.
  [[nodiscard]] virtual std::vector<std::int64_t> mask_widths() const { return {}; }
  /// The loss, a scalar with a gradient.
  [[nodiscard]] virtual at::Tensor loss(const TrainingBatch& batch) = 0;
  /// Norm to which longer gradients are cut, over all parameters; empty: none is.
  [[nodiscard]] virtual std::optional<double> gradient_limit() const { return std::nullopt; }
};

/// Cross-entropy of each row, [B].
[[nodiscard]] at::Tensor row_losses(const at::Tensor& logits, const at::Tensor& labels);

/// Empirical risk: the mean cross-entropy of the batch.
class MeanLoss final : public Objective {
 public:
  [[nodiscard]] at::Tensor loss(const TrainingBatch& batch) override;
};

/// Weighted risk: 1/B sum_i weight_i loss_i.
class WeightedLoss final : public Objective {
 public:
  /// @param weights  One for each labelled row.
  WeightedLoss(std::span<const double> weights, at::Device device);
  [[nodiscard]] at::Tensor loss(const TrainingBatch& batch) override;

 private:
  at::Tensor weights_;  ///< [n] float32
};

/// Group distributionally robust optimisation: the weights of the groups follow their losses,
///   q_g <- q_g exp(eta l_g) / sum_g' q_g' exp(eta l_g'),   loss = sum_g q_g l_g,
/// with l_g the mean cross-entropy of the batch's rows of group g, 0 where it has none. It begins
/// with equal weights of the groups that have a labelled row. Batches are to be drawn group by
/// group (group_balance.h), as the algorithm says.
/// Source: Sagawa et al. 2020 (arXiv:1911.08731), Algorithm 1; l_g over a batch of several groups
/// as in its published code. q is a constant of the gradient.
class GroupDro final : public Objective {
 public:
  /// @param cells  The group of each labelled row.
  GroupDro(std::span<const std::int64_t> cells, double step, at::Device device);
  [[nodiscard]] at::Tensor loss(const TrainingBatch& batch) override;
  /// [G] in the order of the groups' numbers, sums to 1.
  [[nodiscard]] const at::Tensor& weights() const noexcept { return q_; }

 private:
  double step_;
  at::Tensor groups_;  ///< [n] int64, numbered from 0 without gaps
  at::Tensor q_;       ///< [G] float32
};

}  // namespace af::al::methods

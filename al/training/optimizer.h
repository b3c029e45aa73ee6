#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "al/config/experiment_config.h"
#include "al/models/parameter_store.h"
#include "al/training/one_cycle.h"

namespace af::al {

/// Updates all parameters of a store from their gradients in one fused operation over its flat
/// buffers. A new one has no memory of earlier batches.
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  virtual void step(const LearningPoint& point) = 0;
};

/// AdamW (Loshchilov and Hutter 2017, arXiv:1711.05101; beta2 .999, eps 1e-8) or SGD with
/// momentum as PyTorch defines it. Weight decay applies to every parameter.
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(OptimizerKind kind, ParameterStore& store,
                                                        double weight_decay);

}  // namespace af::al

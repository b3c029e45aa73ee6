#include "al/training/optimizer.h"

#include <ATen/ATen.h>

namespace af::al {
namespace {

constexpr double kBeta2 = .999;
constexpr double kEpsilon = 1e-8;

class AdamW final : public Optimizer {
 public:
  AdamW(ParameterStore& store, double weight_decay)
      : values_{store.values()},
        gradients_{store.gradients()},
        mean_{at::zeros_like(store.values())},
        square_{at::zeros_like(store.values())},
        count_{at::zeros({}, store.values().options())},
        weight_decay_(weight_decay) {}

  void step(const LearningPoint& point) override {
    count_[0].add_(1);
    at::_fused_adamw_(values_, gradients_, mean_, square_, {}, count_, point.learning_rate,
                      point.momentum, kBeta2, weight_decay_, kEpsilon, /*amsgrad=*/false,
                      /*maximize=*/false);
  }

 private:
  std::vector<at::Tensor> values_;  ///< Lists of one, as the operator wants them.
  std::vector<at::Tensor> gradients_;
  std::vector<at::Tensor> mean_;
  std::vector<at::Tensor> square_;
  std::vector<at::Tensor> count_;
  double weight_decay_;
};

class Sgd final : public Optimizer {
 public:
  Sgd(ParameterStore& store, double weight_decay)
      : values_{store.values()},
        gradients_{store.gradients()},
        velocity_{at::zeros_like(store.values())},
        weight_decay_(weight_decay) {}

  void step(const LearningPoint& point) override {
    at::_fused_sgd_(values_, gradients_, velocity_, weight_decay_, point.momentum,
                    point.learning_rate, /*dampening=*/0, /*nesterov=*/false, /*maximize=*/false,
                    first_);
    first_ = false;
  }

 private:
  std::vector<at::Tensor> values_;
  std::vector<at::Tensor> gradients_;
  std::vector<at::Tensor> velocity_;
  double weight_decay_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Optimizer> make_optimizer(OptimizerKind kind, ParameterStore& store,
                                          double weight_decay) {
  if (kind == OptimizerKind::kAdamW) return std::make_unique<AdamW>(store, weight_decay);
  return std::make_unique<Sgd>(store, weight_decay);
}

}  // namespace af::al

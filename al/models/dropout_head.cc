#include "al/models/dropout_head.h"

#include <ATen/ATen.h>

namespace af::al::models {

DropoutHead::DropoutHead(ParameterStore& store, std::int64_t features, std::int64_t hidden,
                         std::int64_t classes, LinearStart hidden_start, LinearStart class_start)
    : hidden_weight_(store.add({hidden, features}, hidden_start.weight)),
      hidden_bias_(store.add({hidden}, hidden_start.bias)),
      class_weight_(store.add({classes, hidden}, class_start.weight)),
      class_bias_(store.add({classes}, class_start.bias)) {}

at::Tensor DropoutHead::logits(const at::Tensor& features, const at::Tensor& factors) const {
  return class_logits(hidden(features) * factors);
}

at::Tensor DropoutHead::hidden(const at::Tensor& features) const {
  return at::linear(features, hidden_weight_, hidden_bias_).relu_();
}

at::Tensor DropoutHead::class_logits(const at::Tensor& hidden) const {
  return at::linear(hidden, class_weight_, class_bias_);
}

}  // namespace af::al::models

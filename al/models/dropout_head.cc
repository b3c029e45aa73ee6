#include "al/models/dropout_head.h"

#include <ATen/ATen.h>

namespace af::al::models {

DropoutHead::DropoutHead(std::optional<LinearLayer> hidden, LinearLayer classes)
    : hidden_(std::move(hidden)), classes_(std::move(classes)) {}

at::Tensor DropoutHead::logits(const at::Tensor& features, const at::Tensor& factors) const {
  return class_logits(hidden_ ? hidden(features) * factors : features);
}

at::Tensor DropoutHead::hidden(const at::Tensor& features) const {
  return hidden_ ? (*hidden_)(features).relu_() : features;
}

at::Tensor DropoutHead::class_logits(const at::Tensor& hidden) const { return classes_(hidden); }

}  // namespace af::al::models

#include "al/models/dropout_head.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>

#include "al/models/dropout_masks.h"
#include "al/models/dropped_layer.h"

namespace af::al::models {

DropoutHead::DropoutHead(std::optional<LinearLayer> hidden, LinearLayer classes)
    : hidden_(std::move(hidden)), classes_(std::move(classes)) {}

at::Tensor DropoutHead::logits(const at::Tensor& features, const at::Tensor& factors) const {
  return class_logits(hidden_ ? hidden(features) * factors : features);
}

at::Tensor DropoutHead::draw_logits(const at::Tensor& features, const at::Tensor& feature_bits,
                                    const at::Tensor& hidden_bits) const {
  const bool bfloat16 = at::autocast::is_autocast_enabled(at::kCPU);
  if (hidden_ && has_dropped_layer(*hidden_, bfloat16)) {
    const at::Tensor dropped =
        dropped_layer(*hidden_, features, feature_bits, hidden_bits, bfloat16);
    const c10::impl::ExcludeDispatchKeyGuard in_float32(c10::autocast_dispatch_keyset);
    return class_logits(dropped);
  }
  const at::Device device = features.device();
  const std::int64_t width = feature_count();
  const at::Tensor factors = mask_factors(feature_bits, width, device);
  const at::Tensor dropped = features.unsqueeze(0) * factors.view({-1, features.size(0), width});
  return logits(dropped.view({-1, width}), mask_factors(hidden_bits, hidden_count(), device));
}

at::Tensor DropoutHead::hidden(const at::Tensor& features) const {
  return hidden_ ? (*hidden_)(features).relu_() : features;
}

at::Tensor DropoutHead::class_logits(const at::Tensor& hidden) const { return classes_(hidden); }

}  // namespace af::al::models

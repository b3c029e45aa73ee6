#pragma once

#include <ATen/core/Tensor.h>

namespace af::al::models {

/// Mean over the image of maps [B, C, H, W]: [B, C]. Through channels-last views its gradient stays
/// channels-last; that of a mean over dimensions 2 and 3 does not, and made the backward pass of
/// the block before it ten times as slow.
[[nodiscard]] at::Tensor image_mean(const at::Tensor& maps);

}  // namespace af::al::models

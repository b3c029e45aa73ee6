#pragma once

#include <ATen/core/Tensor.h>

namespace af::al::models {

/// Zeros on the CPU for megabytes that are written once and then read: in pages of
/// two megabytes where the kernel has such. To touch a new page costs more than to fill 4 kB.
[[nodiscard]] at::Tensor paged_tensor(at::IntArrayRef sizes, at::ScalarType type);

}  // namespace af::al::models

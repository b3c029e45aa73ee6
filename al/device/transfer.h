#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

/// What travels to a device, and waiting for it.
namespace af::al {

/// The values of a tensor in ordinary memory, on the device. To a CUDA device they travel through
/// pinned memory and nothing waits for them: work that is handed to the device later finds them
/// there. On the CPU it is the tensor itself.
[[nodiscard]] at::Tensor on_device(const at::Tensor& values, at::Device device);
/// Whole numbers, [n] int64.
[[nodiscard]] at::Tensor on_device(std::span<const std::int64_t> values, at::Device device);

/// Returns once the device has done what the calling thread handed to it: clocks are read after.
void wait_for(at::Device device);

}  // namespace af::al

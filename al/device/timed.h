#pragma once

#include <ATen/core/Tensor.h>

#include <chrono>

#include "al/device/transfer.h"

namespace af::al {

/// Wall time in seconds of work, until the device has done what it was handed; what was handed to
/// it before does not count.
template <class Work>
[[nodiscard]] double timed(at::Device device, Work work) {
  wait_for(device);
  const auto begin = std::chrono::steady_clock::now();
  work();
  wait_for(device);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace af::al

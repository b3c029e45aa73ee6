#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

namespace af::al {

/// Work as the device keeps it: its operators in their order, with the addresses they read and
/// write.
class Recording {
 public:
  virtual ~Recording() = default;

  /// Records what `work` hands to the device, without doing it. False if it cannot be recorded,
  /// which is said on stderr; then nothing is kept.
  [[nodiscard]] virtual bool record(const std::function<void()>& work) = 0;
  /// Does what was recorded, on what lies at its addresses now.
  virtual void replay() = 0;
};

/// A CUDA graph where the device is a CUDA device and this LibTorch is CUDA's; empty elsewhere, or
/// if the environment says AF_CUDA_GRAPHS=0.
[[nodiscard]] std::unique_ptr<Recording> make_recording(at::Device device);

}  // namespace af::al

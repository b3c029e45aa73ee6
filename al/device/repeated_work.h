#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

#include "al/device/recording.h"

namespace af::al {

/// Work that is done many times over on tensors that stay where they are, a training batch for one.
/// Where the device can record (recording.h), the first calls do it operator by operator, the
/// third records it, and from then on one launch replays it; elsewhere each call does it.
///
/// So that a replay does what a call would, the work
///   - reads nothing of a tensor on the host (no `item`, no `cpu`) and waits for nothing,
///   - copies nothing from the host: what changes lies in tensors that are filled before the call,
///   - has the same shapes each time,
///   - writes what is to outlive it into tensors that are older than it,
///   - keeps nothing in variables of the host.
class RepeatedWork {
 public:
  RepeatedWork(at::Device device, std::function<void()> work)
      : RepeatedWork(make_recording(device), std::move(work)) {}
  /// @param recording  Empty where nothing is recorded.
  RepeatedWork(std::unique_ptr<Recording> recording, std::function<void()> work)
      : recording_(std::move(recording)), work_(std::move(work)) {}

  void operator()();

 private:
  std::unique_ptr<Recording> recording_;
  std::function<void()> work_;
  int calls_ = 0;
  bool recorded_ = false;
};

}  // namespace af::al

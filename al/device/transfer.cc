#include "al/device/transfer.h"

#include <ATen/ATen.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>

namespace af::al {

at::Tensor on_device(const at::Tensor& values, at::Device device) {
  if (!device.is_cuda()) return values.to(device);
  // The allocator of pinned memory keeps the block until the copy is done.
  return values.pin_memory().to(device, values.scalar_type(), /*non_blocking=*/true);
}

at::Tensor on_device(std::span<const std::int64_t> values, at::Device device) {
  const at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kLong);
  std::ranges::copy(values, tensor.mutable_data_ptr<std::int64_t>());
  return on_device(tensor, device);
}

void wait_for(at::Device device) {
  if (device.is_cpu()) return;
  // The stream alone: waiting for the whole device is not allowed while another thread records.
  const c10::impl::VirtualGuardImpl guard(device.type());
  guard.synchronizeStream(guard.getStream(device));
}

}  // namespace af::al

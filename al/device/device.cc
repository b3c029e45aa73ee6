#include "al/device/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <torch/version.h>

#include <charconv>
#include <string_view>

#include "core/errors.h"

namespace af::al {
namespace {

int cuda_devices() {
  return at::globalContext().hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
}

int cuda_index(const std::string& name) {
  constexpr std::string_view kPrefix = "cuda:";
  if (name == "cuda") return 0;
  int index = -1;
  if (name.starts_with(kPrefix)) {
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, index);
    if (error == std::errc{} && stop == end && index >= 0) return index;
  }
  throw ConfigError(
      fmt::format("device '{}' is unknown, expected auto, cpu, cuda or cuda:N", name));
}

/// Keeps freed memory in the process: every batch asks for the same blocks again, and getting them
/// from the kernel page by page took a fifth of the training time.
void keep_freed_memory() {
  constexpr int kBytes = 1 << 30;
  static const bool done = [] {
    mallopt(M_MMAP_THRESHOLD, kBytes);
    return mallopt(M_TRIM_THRESHOLD, kBytes) != 0;
  }();
  static_cast<void>(done);
}

}  // namespace

std::string resolved_device_name(const std::string& name) {
  const int count = cuda_devices();
  if (name == "cpu" || (name == "auto" && count == 0)) return "cpu";
  const int index = name == "auto" ? 0 : cuda_index(name);
  if (index >= count) {
    throw ConfigError(fmt::format("device '{}' is not there: LibTorch finds {} CUDA devices", name,
                                  count == 0 ? "no" : std::to_string(count)));
  }
  return fmt::format("cuda:{}", index);
}

std::string libtorch_version() { return TORCH_VERSION; }

void prepare_thread(int threads) {
  thread_local int prepared = 0;
  if (prepared == threads) return;
  prepared = threads;
  keep_freed_memory();
  at::globalContext().setFlushDenormal(true);  // First: threads made later inherit it.
  at::set_num_threads(threads);
  at::globalContext().setDeterministicCuDNN(true);
  at::globalContext().setBenchmarkCuDNN(false);
}

void take_stream(const std::string& device_name) {
  const at::Device device(device_name);
  if (!device.is_cuda()) return;
  thread_local bool taken = false;
  if (taken) return;
  taken = true;
  const c10::impl::VirtualGuardImpl guard(device.type());
  guard.setDevice(device);
  guard.exchangeStream(guard.getStreamFromGlobalPool(device));
}

void allow_tf32(bool allowed) {
  const auto precision = allowed ? at::Float32Precision::TF32 : at::Float32Precision::IEEE;
  for (const at::Float32Op op : {at::Float32Op::CONV, at::Float32Op::RNN, at::Float32Op::MATMUL}) {
    at::globalContext().setFloat32Precision(at::Float32Backend::CUDA, op, precision);
  }
}

}  // namespace af::al

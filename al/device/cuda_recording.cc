#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>

#include "al/device/recording.h"
#include "al/device/transfer.h"

namespace af::al {
namespace {

/// One thread of the process records at a time.
std::mutex& recording_mutex() {
  static std::mutex mutex;
  return mutex;
}

class CudaRecording final : public Recording {
 public:
  explicit CudaRecording(at::Device device) : device_(device) {}

  bool record(const std::function<void()>& work) override {
    const std::lock_guard lock(recording_mutex());
    wait_for(device_);
    // Memory that was freed is kept for ordinary work, where a recording cannot take it.
    c10::cuda::CUDACachingAllocator::emptyCache();
    auto graph = std::make_unique<at::cuda::CUDAGraph>();
    try {
      // Other threads may go on: their calls are none of this recording's.
      graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
      work();
      graph->capture_end();
    } catch (const c10::Error& error) {
      abandon(*graph);
      const std::string message = error.what_without_backtrace();
      fmt::print(stderr,
                 "afal: work could not be recorded as a CUDA graph and goes on without: {}\n",
                 message.substr(0, message.find('\n')));
      return false;
    }
    graph_ = std::move(graph);
    return true;
  }

  void replay() override { graph_->replay(); }

 private:
  /// Ends a recording that failed half-way, so that the stream takes work again.
  static void abandon(at::cuda::CUDAGraph& graph) {
    try {
      graph.capture_end();
    } catch (const c10::Error&) {
      // It says only that the recording failed.
    }
    static_cast<void>(cudaGetLastError());
  }

  at::Device device_;
  std::unique_ptr<at::cuda::CUDAGraph> graph_;
};

bool switched_off() {
  const char* value = std::getenv("AF_CUDA_GRAPHS");
  return value != nullptr && std::string_view(value) == "0";
}

}  // namespace

std::unique_ptr<Recording> make_recording(at::Device device) {
  if (!device.is_cuda() || switched_off()) return nullptr;
  return std::make_unique<CudaRecording>(device);
}

}  // namespace af::al

#pragma once

#include <string>

/// Devices by name, and what a thread has to know of them; without LibTorch's types.
namespace af::al {

/// "cpu" or "cuda:N" for "auto", "cpu", "cuda" or "cuda:N". Auto is the first CUDA device if there
/// is one. @throws ConfigError if the name is unknown or the device is not there.
[[nodiscard]] std::string resolved_device_name(const std::string& name);

/// Version of the LibTorch that was compiled against, "2.13.0".
[[nodiscard]] std::string libtorch_version();

/// Prepares the calling thread: `threads` for the work inside an operator, denormals flushed to
/// zero (they cost up to a hundred times a normal number), deterministic convolutions. Threads have
/// their own settings, so each one that runs an experiment calls it first.
void prepare_thread(int threads);

/// Gives the calling thread a stream of its own on a CUDA device: threads do not wait for each
/// other there, and its work can be recorded (recording.h). What another thread prepared has to be
/// finished before (transfer.h: wait_for). Elsewhere nothing.
void take_stream(const std::string& device_name);

/// Whether products and convolutions of float32 on CUDA devices may round their factors to TF32
/// (10 bits of mantissa), for the whole process; LibTorch's own default is yes for convolutions.
void allow_tf32(bool allowed);

}  // namespace af::al

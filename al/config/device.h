#pragma once

#include <string>

/// Devices by name, without LibTorch's types.
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

}  // namespace af::al

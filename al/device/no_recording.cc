#include "al/device/recording.h"

namespace af::al {

// For a LibTorch without CUDA.
std::unique_ptr<Recording> make_recording(at::Device /*device*/) { return nullptr; }

}  // namespace af::al

#pragma once

#include <filesystem>

#include "al/weights/named_tensors.h"

namespace af::al::weights {

/// The tensors of a file of weights: a safetensors file or one of torch.save, told apart by how
/// they begin.
/// @throws InputError if it cannot be read, is neither, or is damaged.
[[nodiscard]] NamedTensors read_weights(const std::filesystem::path& path);

}  // namespace af::al::weights

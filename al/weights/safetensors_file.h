#pragma once

#include <filesystem>

#include "al/weights/named_tensors.h"

namespace af::al::weights {

/// All tensors of a safetensors file: eight bytes with the length of the header, little-endian; the
/// header, a JSON object with `dtype`, `shape` and `data_offsets` by name; and the values without a
/// gap. Of float64, float32, float16, bfloat16, and of whole numbers up to 64 bits.
/// Source: github.com/huggingface/safetensors, "Format".
/// @throws InputError if it is damaged or has another type.
[[nodiscard]] NamedTensors read_safetensors(const std::filesystem::path& path);

}  // namespace af::al::weights

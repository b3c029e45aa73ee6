#pragma once

#include <cstdint>

/// Dropout with rate 1/2 by bits (dropout_masks.h): element i is kept, and doubled, where bit i of
/// the words is set. Counts are multiples of 32.
namespace af::al::models {

/// out = 2 x where kept, else 0.
void drop(const float* x, const std::int32_t* words, std::int64_t count, float* out);

/// out = 2 max(0, x + bias) where kept, else 0.
void rectify_and_drop(const float* x, const float* bias, const std::int32_t* words,
                      std::int64_t count, float* out);

}  // namespace af::al::models

#include "al/models/mask_kernel.h"

#include "core/vector_clones.h"

namespace af::al::models {
namespace {

constexpr int kWordBits = 32;

/// `value(k)` to out[k] where bit k of the word is set, else 0.
template <class Value>
[[gnu::always_inline]] inline void keep(std::int32_t word, Value value, float* __restrict out) {
  for (int bit = 0; bit < kWordBits; ++bit) {
    const float kept = value(bit);
    out[bit] = (word >> bit & 1) != 0 ? kept : 0;
  }
}

}  // namespace

AF_VECTOR_CLONES void drop(const float* __restrict x, const std::int32_t* __restrict words,
                           std::int64_t count, float* __restrict out) {
  for (std::int64_t i = 0; i < count; i += kWordBits) {
    const float* from = x + i;
    keep(
        words[i / kWordBits], [=](int k) AF_INLINE { return from[k] + from[k]; }, out + i);
  }
}

AF_VECTOR_CLONES void rectify_and_drop(const float* __restrict x, const float* __restrict bias,
                                       const std::int32_t* __restrict words, std::int64_t count,
                                       float* __restrict out) {
  for (std::int64_t i = 0; i < count; i += kWordBits) {
    const float* from = x + i;
    const float* more = bias + i;
    keep(
        words[i / kWordBits],
        [=](int k) AF_INLINE {
          const float sum = from[k] + more[k];
          return sum < 0 ? 0 : sum + sum;
        },
        out + i);
  }
}

}  // namespace af::al::models

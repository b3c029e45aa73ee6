#include "al/models/packing_kernel.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/vector_clones.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kSide =
    16;  ///< Of the squares that are transposed at once: a line of cache.

/// 16 numbers of 16 rows, to 16 lines of `out`.
[[gnu::always_inline]] inline void transpose_square(const float* rows, std::int64_t stride,
                                                    float* __restrict out) {
  std::array<float, kSide * kSide> square;
  for (std::int64_t b = 0; b < kSide; ++b) {
    for (std::int64_t a = 0; a < kSide; ++a) {
      square[static_cast<std::size_t>(b * kSide + a)] = rows[b * stride + a];
    }
  }
  for (std::int64_t a = 0; a < kSide; ++a) {
    for (std::int64_t b = 0; b < kSide; ++b) {
      out[a * kPackedRows + b] = square[static_cast<std::size_t>(b * kSide + a)];
    }
  }
}

}  // namespace

void round_values(const float* x, std::int64_t count, float* out) { std::copy_n(x, count, out); }

AF_VECTOR_CLONES void round_values(const float* __restrict x, std::int64_t count,
                                   c10::BFloat16* __restrict out) {
  for (std::int64_t i = 0; i < count; ++i) out[i] = x[i];
}

AF_VECTOR_CLONES void pack_rows(const float* rows, std::int64_t stride, std::int64_t count,
                                float* out) {
  for (std::int64_t j = 0; j < kPackedRows; j += kSide) {
    for (std::int64_t i = 0; i < count; i += kSide) {
      transpose_square(rows + j * stride + i, stride, out + i * kPackedRows + j);
    }
  }
}

AF_VECTOR_CLONES void take_rows(const float* __restrict rows, std::span<const std::int32_t> which,
                                float* __restrict out) {
  for (const std::int32_t row : which) {
    const float* from = rows + row * kPackedRows;
    for (std::int64_t j = 0; j < kPackedRows; ++j) out[j] = from[j];
    out += kPackedRows;
  }
}

AF_VECTOR_CLONES void take_rows(const c10::BFloat16* __restrict rows,
                                std::span<const std::int32_t> which,
                                c10::BFloat16* __restrict out) {
  for (std::size_t i = 0; i < which.size(); i += 2) {
    const c10::BFloat16* even = rows + which[i] * kPackedRows;
    const c10::BFloat16* odd = rows + which[i + 1] * kPackedRows;
    for (std::int64_t j = 0; j < kPackedRows; ++j) {
      out[2 * j].x = even[j].x;
      out[2 * j + 1].x = odd[j].x;
    }
    out += 2 * kPackedRows;
  }
}

}  // namespace af::al::models

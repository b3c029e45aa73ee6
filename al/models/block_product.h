#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

/// Products of matrices small enough for a core's own cache, by the kernels that oneDNN generates
/// for each size and that LibTorch holds. A row of a product comes out the same whatever rows are
/// with it, and whichever thread makes it.
namespace af::al::models {

/// Of C = A B: A [rows, inner], B [inner, columns], C [rows, columns], each row by row. A size that
/// a thread meets for the first time costs its kernel, so use few.
struct BlockShape {
  std::int64_t rows;
  std::int64_t columns;  ///< Also from one row of B and of C to the next.
  std::int64_t inner;
  std::int64_t a_stride;  ///< From one row of A to the next.
};

/// C = A B, or C += A B.
void multiply_block(const BlockShape& shape, const float* a, const float* b, float* c, bool add);

/// The same of bfloat16 numbers, summed in float32. Only where `multiplies_bfloat16()`.
/// @param b  In pairs of rows: B(2 k, j) and B(2 k + 1, j) side by side.
void multiply_block(const BlockShape& shape, const c10::BFloat16* a, const c10::BFloat16* b,
                    float* c, bool add);

/// Whether the kernels are for this processor (AVX-512) and LibTorch may use oneDNN. Where not,
/// `multiply_block` is right, but LibTorch's own operators are the faster way.
[[nodiscard]] bool multiplies_blocks();
/// Whether it has products of bfloat16 numbers too, twice as fast as those of float32.
[[nodiscard]] bool multiplies_bfloat16();
/// Whether it has them in tiles (AMX), sixteen times as fast.
[[nodiscard]] bool multiplies_bfloat16_in_tiles();

/// Every thread that multiplies blocks does so within the life of one of these.
class BlockProducts {
 public:
  BlockProducts() = default;
  ~BlockProducts();  ///< Gives back what the processor sets up for tiles.
  BlockProducts(const BlockProducts&) = delete;
  BlockProducts& operator=(const BlockProducts&) = delete;
};

}  // namespace af::al::models

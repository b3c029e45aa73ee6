#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>
#include <span>

/// Weights and rows as `multiply_block` (block_product.h) reads them.
namespace af::al::models {

constexpr std::int64_t kPackedRows = 64;

/// `out` = x, or x rounded to the nearest bfloat16, to the even one in the middle. What is not a
/// number stays so.
void round_values(const float* x, std::int64_t count, float* out);
void round_values(const float* x, std::int64_t count, c10::BFloat16* out);

/// The transpose of 64 rows of `count` values, [count, 64].
/// @param stride  From one row to the next.
/// @param count   A multiple of 16.
void pack_rows(const float* rows, std::int64_t stride, std::int64_t count, float* out);

/// Some of the rows [.., 64]; those of bfloat16 numbers in pairs, an even number of rows.
void take_rows(const float* rows, std::span<const std::int32_t> which, float* out);
void take_rows(const c10::BFloat16* rows, std::span<const std::int32_t> which, c10::BFloat16* out);

}  // namespace af::al::models

#pragma once

#include <ATen/core/Tensor.h>

namespace af::al::acquisition {

/// Lowers `nearest` ([N] float32, contiguous, on the rows' device) to the least squared Euclidean
/// distance from each row to one of the centres.
/// @param rows     [N, H] float32, contiguous
/// @param centres  [C, H] float32
void lower_to_nearest_(at::Tensor& nearest, const at::Tensor& rows, const at::Tensor& centres);
/// The same with LibTorch's operators alone: what it does on devices but the CPU.
void lower_to_nearest_by_operators_(at::Tensor& nearest, const at::Tensor& rows,
                                    const at::Tensor& centres);

/// Scalar products of all rows with row `index`, [N] float32.
[[nodiscard]] at::Tensor products_with_row(const at::Tensor& rows, std::int64_t index);
/// Of each row with itself, [N] float32; on the CPU exactly its product with a copy of it.
[[nodiscard]] at::Tensor squared_lengths(const at::Tensor& rows);

}  // namespace af::al::acquisition

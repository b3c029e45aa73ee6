#pragma once

#include <cstdint>
#include <span>

namespace af::al::acquisition {

/// Rows of `width` numbers in contiguous memory, [N, width].
struct RowsView {
  const float* values = nullptr;
  std::int64_t rows = 0;
  std::int64_t width = 0;

  [[nodiscard]] const float* row(std::int64_t index) const { return values + index * width; }
};

/// Lowers nearest[i - begin] to the least squared Euclidean distance from row i to a centre, for
/// the rows begin .. end-1. From differences, so that nothing cancels; float32 sums in sixteen
/// lanes, with the same bits on every x86-64 machine and whatever the other rows are.
void lower_to_nearest(const RowsView& rows, const RowsView& centres, std::int64_t begin,
                      std::int64_t end, std::span<float> nearest);
/// Scalar products of the rows begin .. end-1 with `other` ([width]), summed in the same way.
void dot_products(const RowsView& rows, const float* other, std::int64_t begin, std::int64_t end,
                  std::span<float> products);

}  // namespace af::al::acquisition

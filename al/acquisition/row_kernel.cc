#include "al/acquisition/row_kernel.h"

#include <algorithm>
#include <array>

#include "al/acquisition/vector_math.h"

namespace af::al::acquisition {
namespace {

constexpr std::int64_t kLanes = 16;

/// Sum of term(a_i, b_i) in a fixed order, whatever the width of the processor's vectors.
template <class Term>
[[gnu::always_inline]] inline float lane_sum(const float* __restrict a, const float* __restrict b,
                                             std::int64_t width, Term term) {
  std::array<float, kLanes> lanes{};
  std::int64_t i = 0;
  for (; i + kLanes <= width; i += kLanes) {
    for (std::int64_t k = 0; k < kLanes; ++k) {
      lanes[static_cast<std::size_t>(k)] += term(a[i + k], b[i + k]);
    }
  }
  for (std::int64_t k = 0; i < width; ++i, ++k) {
    lanes[static_cast<std::size_t>(k)] += term(a[i], b[i]);
  }
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t k = 0; k < half; ++k) lanes[k] += lanes[k + half];
  }
  return lanes[0];
}

AF_VECTOR_CLONES float squared_distance(const float* a, const float* b, std::int64_t width) {
  return lane_sum(a, b, width, [](float x, float y) { return (x - y) * (x - y); });
}

AF_VECTOR_CLONES float dot_product(const float* a, const float* b, std::int64_t width) {
  return lane_sum(a, b, width, [](float x, float y) { return x * y; });
}

}  // namespace

void lower_to_nearest(const RowsView& rows, const RowsView& centres, std::int64_t begin,
                      std::int64_t end, std::span<float> nearest) {
  for (std::int64_t i = begin; i < end; ++i) {
    float& least = nearest[static_cast<std::size_t>(i - begin)];
    for (std::int64_t c = 0; c < centres.rows; ++c) {
      least = std::min(least, squared_distance(rows.row(i), centres.row(c), rows.width));
    }
  }
}

void dot_products(const RowsView& rows, const float* other, std::int64_t begin, std::int64_t end,
                  std::span<float> products) {
  for (std::int64_t i = begin; i < end; ++i) {
    products[static_cast<std::size_t>(i - begin)] = dot_product(rows.row(i), other, rows.width);
  }
}

}  // namespace af::al::acquisition

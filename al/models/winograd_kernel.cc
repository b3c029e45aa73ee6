#include "al/models/winograd_kernel.h"

#include <array>
#include <cstddef>

#include "core/vector_clones.h"

/// Each function is one loop over channels that lie side by side, everything in it unrolled: so the
/// compiler keeps a patch in registers and does as many channels at once as a vector holds.
namespace af::al::models::winograd {
namespace {

using Three = std::array<float, 3>;
using Four = std::array<float, 4>;
using Six = std::array<float, 6>;

constexpr float kA = .75F;
constexpr float kB = 1.5F;
constexpr float kA2 = kA * kA;
constexpr float kB2 = kB * kB;

/// B^T x: for each point the coefficients of the product of (t - q) over all other points q.
[[gnu::always_inline]] inline Six of_patch(const Six& x) {
  const float even_a = x[4] - kB2 * x[2];
  const float odd_a = kA * (x[3] - kB2 * x[1]);
  const float even_b = x[4] - kA2 * x[2];
  const float odd_b = kB * (x[3] - kA2 * x[1]);
  return {kA2 * kB2 * x[0] - (kA2 + kB2) * x[2] + x[4],
          even_a + odd_a,
          even_a - odd_a,
          even_b + odd_b,
          even_b - odd_b,
          kA2 * kB2 * x[1] - (kA2 + kB2) * x[3] + x[5]};
}

/// G w: the polynomial of the weights at each point, over the product of (point - q).
[[gnu::always_inline]] inline Six of_weights(const Three& w) {
  constexpr float kAtZero = 1 / (kA2 * kB2);
  constexpr float kAtA = 1 / (2 * kA2 * (kA2 - kB2));
  constexpr float kAtB = 1 / (2 * kB2 * (kB2 - kA2));
  const float even_a = w[0] + kA2 * w[2];
  const float even_b = w[0] + kB2 * w[2];
  return {kAtZero * w[0],
          kAtA * (even_a + kA * w[1]),
          kAtA * (even_a - kA * w[1]),
          kAtB * (even_b + kB * w[1]),
          kAtB * (even_b - kB * w[1]),
          w[2]};
}

/// A^T m: the points' powers.
[[gnu::always_inline]] inline Four of_products(const Six& m) {
  const float even_a = m[1] + m[2];
  const float odd_a = kA * (m[1] - m[2]);
  const float even_b = m[3] + m[4];
  const float odd_b = kB * (m[3] - m[4]);
  return {m[0] + even_a + even_b, odd_a + odd_b, kA2 * even_a + kB2 * even_b,
          kA2 * odd_a + kB2 * odd_b + m[5]};
}

/// `one` of each column of `In` values, then of each row of what that gives.
template <std::size_t In, std::size_t Out, class One, class Load, class Store>
[[gnu::always_inline]] inline void both_ways(One one, Load load, Store store) {
  std::array<std::array<float, Out>, In> columns;
#pragma GCC unroll 6
  for (std::size_t j = 0; j < In; ++j) {
    std::array<float, In> x;
#pragma GCC unroll 6
    for (std::size_t i = 0; i < In; ++i) x[i] = load(i, j);
    columns[j] = one(x);
  }
#pragma GCC unroll 6
  for (std::size_t i = 0; i < Out; ++i) {
    std::array<float, In> x;
#pragma GCC unroll 6
    for (std::size_t j = 0; j < In; ++j) x[j] = columns[j][i];
    const std::array<float, Out> row = one(x);
#pragma GCC unroll 6
    for (std::size_t j = 0; j < Out; ++j) store(i, j, row[j]);
  }
}

[[gnu::always_inline]] inline std::int64_t place(std::size_t i, std::size_t j,
                                                 PixelStrides strides) {
  return static_cast<std::int64_t>(i) * strides.row + static_cast<std::int64_t>(j) * strides.column;
}

[[gnu::always_inline]] inline float larger(float a, float b) {
  const float greater = a > b ? a : b;
  return a != a ? a : greater;  // Not a number stays one.
}

/// Of planes or weights numbered row by row.
[[gnu::always_inline]] inline PixelStrides numbered(std::int64_t columns, std::int64_t one) {
  return {columns * one, one};
}

}  // namespace

AF_VECTOR_CLONES void transform_patch(const float* __restrict patch, PixelStrides strides,
                                      std::int64_t channels, float* __restrict planes,
                                      std::int64_t plane) {
  const PixelStrides out = numbered(kPatch, plane);
#pragma GCC ivdep
  for (std::int64_t c = 0; c < channels; ++c) {
    both_ways<6, 6>(
        of_patch,
        [=](std::size_t i, std::size_t j) AF_INLINE { return patch[place(i, j, strides) + c]; },
        [=](std::size_t i, std::size_t j, float value)
            AF_INLINE { planes[place(i, j, out) + c] = value; });
  }
}

AF_VECTOR_CLONES void transform_weights(const float* __restrict weights, std::int64_t weight,
                                        std::int64_t outputs, float* __restrict planes,
                                        std::int64_t plane) {
  const PixelStrides in = numbered(3, weight);
  const PixelStrides out = numbered(kPatch, plane);
#pragma GCC ivdep
  for (std::int64_t c = 0; c < outputs; ++c) {
    both_ways<3, 6>(
        of_weights,
        [=](std::size_t i, std::size_t j) AF_INLINE { return weights[place(i, j, in) + c]; },
        [=](std::size_t i, std::size_t j, float value)
            AF_INLINE { planes[place(i, j, out) + c] = value; });
  }
}

AF_VECTOR_CLONES void transform_products(const float* __restrict planes, std::int64_t plane,
                                         const float* __restrict bias, std::int64_t channels,
                                         float* __restrict tile, PixelStrides strides) {
  const PixelStrides in = numbered(kPatch, plane);
#pragma GCC ivdep
  for (std::int64_t c = 0; c < channels; ++c) {
    both_ways<6, 4>(
        of_products,
        [=](std::size_t i, std::size_t j) AF_INLINE { return planes[place(i, j, in) + c]; },
        [=](std::size_t i, std::size_t j, float value) AF_INLINE {
          const float biased = value + bias[c];
          tile[place(i, j, strides) + c] = biased < 0 ? 0 : biased;  // Not a number stays one.
        });
  }
}

AF_VECTOR_CLONES void pool_pixels(const float* __restrict pixels, PixelStrides strides,
                                  std::int64_t channels, float* __restrict out) {
  const float* right = pixels + strides.column;
  const float* below = pixels + strides.row;
  const float* diagonal = below + strides.column;
  for (std::int64_t c = 0; c < channels; ++c) {
    out[c] = larger(larger(pixels[c], right[c]), larger(below[c], diagonal[c]));
  }
}

}  // namespace af::al::models::winograd

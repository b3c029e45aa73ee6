#include "al/models/pooling_kernel.h"

#include <array>
#include <cstddef>

#include "core/vector_clones.h"

namespace af::al::models {
namespace {

constexpr std::size_t kGrid = kPoolingGrid;

/// Share of each cell in each bin.
template <std::size_t Side>
constexpr auto kShares = [] {
  std::array<std::array<float, kGrid>, Side> shares{};
  for (std::size_t bin = 0; bin < kGrid; ++bin) {
    const std::size_t first = bin * Side / kGrid;
    const std::size_t end = ((bin + 1) * Side + kGrid - 1) / kGrid;
    for (std::size_t cell = first; cell < end; ++cell) {
      shares[cell][bin] = 1 / static_cast<float>(end - first);
    }
  }
  return shares;
}();

/// Unrolled, so that the compiler leaves out the bins that a cell has no share in.
template <std::size_t Side>
[[gnu::always_inline]] inline void fold(const float* __restrict w, std::int64_t maps,
                                        float* __restrict out) {
  for (std::int64_t map = 0; map < maps; ++map, w += kGrid * kGrid) {
#pragma GCC unroll 7
    for (std::size_t y = 0; y < Side; ++y) {
      std::array<float, kGrid> row{};
#pragma GCC unroll 7
      for (std::size_t i = 0; i < kGrid; ++i) {
        if (kShares<Side>[y][i] == 0) continue;
#pragma GCC unroll 7
        for (std::size_t j = 0; j < kGrid; ++j) row[j] += kShares<Side>[y][i] * w[kGrid * i + j];
      }
#pragma GCC unroll 7
      for (std::size_t x = 0; x < Side; ++x) {
        float sum = 0;
#pragma GCC unroll 7
        for (std::size_t j = 0; j < kGrid; ++j) {
          if (kShares<Side>[x][j] != 0) sum += kShares<Side>[x][j] * row[j];
        }
        *out++ = sum;
      }
    }
  }
}

}  // namespace

AF_VECTOR_CLONES void fold_pooling(const float* weights, std::int64_t maps, std::int64_t side,
                                   float* out) {
  switch (side) {
    case 1: return fold<1>(weights, maps, out);
    case 2: return fold<2>(weights, maps, out);
    case 3: return fold<3>(weights, maps, out);
    case 4: return fold<4>(weights, maps, out);
    case 5: return fold<5>(weights, maps, out);
    default: return fold<6>(weights, maps, out);
  }
}

}  // namespace af::al::models

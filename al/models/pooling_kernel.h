#pragma once

#include <cstdint>

namespace af::al::models {

constexpr std::int64_t kPoolingGrid = 7;

/// Adaptive average pooling of side x side maps to 7x7 grids, turned round: for the weights w of a
/// layer that reads the grids, those v of one that reads the maps,
///   v(y, x) = sum_ij s(i, y) s(j, x) w(i, j),
/// where bin i is the mean of the cells floor(i side / 7) to ceil((i + 1) side / 7) - 1 and s(i, y)
/// the share of cell y in it.
/// @param weights  [maps, 7, 7]
/// @param side     1 to 6
/// @param out      [maps, side, side]
void fold_pooling(const float* weights, std::int64_t maps, std::int64_t side, float* out);

}  // namespace af::al::models

#pragma once

#include <cstdint>

/// Winograd's minimal filtering F(4x4, 3x3): a 4x4 tile of a convolution with 3x3 weights from a
/// 6x6 patch of its input, in 36 products a pair of channels where sums of products take 144:
///   Y = A^T [ (G w G^T) . (B^T d B) ] A,
/// the product in the middle being summed over the input's channels, a matrix product a plane.
/// Source: Lavin and Gray 2015 (arXiv:1509.09308). The points of interpolation are ours: 0, 3/4,
/// -3/4, 3/2, -3/2 and infinity, whose squares and products are exact in binary and which round to
/// half the error of the paper's 0, 1, -1, 2, -2: 1.2e-6 of the output's deviation (root mean
/// square) where the sum of products itself has 0.2e-6.
namespace af::al::models::winograd {

constexpr std::int64_t kTile = 4;     ///< Pixels of output along a side.
constexpr std::int64_t kPatch = 6;    ///< Of input.
constexpr std::int64_t kPlanes = 36;  ///< What a patch becomes.

/// Where pixels lie: that of row i and column j at i * row + j * column, its channels side by side.
struct PixelStrides {
  std::int64_t row;
  std::int64_t column;
};

/// B^T d B of each channel of a patch.
/// @param planes  Plane k of channel c at k * plane + c.
void transform_patch(const float* patch, PixelStrides strides, std::int64_t channels, float* planes,
                     std::int64_t plane);

/// G w G^T of the weights of one input channel for `outputs` output channels, which lie side by
/// side in both.
/// @param weights  Weight (i, j) of channel c at (3 i + j) * weight + c.
/// @param planes   Plane k of channel c at k * plane + c.
void transform_weights(const float* weights, std::int64_t weight, std::int64_t outputs,
                       float* planes, std::int64_t plane);

/// max(0, A^T m A + bias) of each channel: a tile.
void transform_products(const float* planes, std::int64_t plane, const float* bias,
                        std::int64_t channels, float* tile, PixelStrides strides);

/// The largest value of four pixels, channel by channel, and not a number where one is not.
void pool_pixels(const float* pixels, PixelStrides strides, std::int64_t channels, float* out);

}  // namespace af::al::models::winograd

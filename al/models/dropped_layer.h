#pragma once

#include <ATen/core/Tensor.h>

#include "al/models/linear_layer.h"

namespace af::al::models {

/// A hidden layer between two dropouts, for many draws of the same features, on the CPU:
///   h = d2 . max(0, W (d1 . x) + b),  d1 and d2 being 0 or 2.
/// Products with features that are 0 before they are dropped, about half of them behind a
/// rectifier, are left out image by image, for all draws at once. Weights are brought into the
/// order that products want block by block, so that no copy of them has to be kept up with
/// training. A row comes out the same whatever rows are with it and on any number of threads.

/// Whether it is for the layer: on the CPU, one that multiplies blocks (of bfloat16 if asked), with
/// inputs a multiple of 512 and outputs of 64. Others are left to LibTorch's operators.
[[nodiscard]] bool has_dropped_layer(const LinearLayer& layer, bool bfloat16);

/// @param features      [N, F] float32, x
/// @param feature_bits  [R, F / 32] masks d1 (dropout_masks.h), R a multiple of N: all rows of draw
///                      0 first
/// @param hidden_bits   [R, H / 32] masks d2
/// @param bfloat16      Multiply numbers rounded to bfloat16, and sum in float32.
/// @return h [R, H] float32
[[nodiscard]] at::Tensor dropped_layer(const LinearLayer& layer, const at::Tensor& features,
                                       const at::Tensor& feature_bits,
                                       const at::Tensor& hidden_bits, bool bfloat16);

}  // namespace af::al::models

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "al/models/backbone.h"
#include "al/models/parameter_store.h"

namespace af::al::models {

/// A convolution with a bias, padded by half its kernel.
struct Convolution {
  at::Tensor weight;  ///< [out, in, k, k]
  at::Tensor bias;    ///< [out], or undefined
  std::int64_t stride;

  /// @param x  [B, in, H, W]
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
};

/// A convolution without a bias, then batch norm (eps 1e-5, momentum .1).
struct NormedConvolution {
  at::Tensor weight;            ///< [out, in, k, k]
  at::Tensor scale;             ///< [out]
  at::Tensor shift;             ///< [out]
  at::Tensor running_mean;      ///< [out]
  at::Tensor running_variance;  ///< [out]
  std::int64_t stride;

  struct Shape {
    std::int64_t in;
    std::int64_t out;
    std::int64_t kernel;
    std::int64_t stride;
  };
  /// A new one of the store, its parameters named CONVOLUTION.weight and NORM.weight, NORM.bias,
  /// NORM.running_mean and NORM.running_var.
  [[nodiscard]] static NormedConvolution added_to(ParameterStore& store,
                                                  const std::string& convolution,
                                                  const std::string& norm, const Shape& shape,
                                                  Start start);

  /// @param x  [B, in, H, W]
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x, Mode mode) const;
  /// What it does in eval mode, as one convolution:
  ///   (w * x - mean) / sqrt(variance + eps) * scale + shift.
  [[nodiscard]] Convolution folded() const;
};

}  // namespace af::al::models

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace af::al::models {

/// max(0, w * x + bias) for weights [out, in, 3, 3] with padding 1, then if asked max pooling 2x2:
/// by Winograd's filtering (winograd_kernel.h), with the weights transformed once. For float32 on
/// the CPU. A pixel comes out the same in any batch and on any number of threads.
class WinogradConvolution {
 public:
  /// Output channels go through in blocks of as many.
  static constexpr std::int64_t kBlock = 64;

  /// @param weight  [out, in, 3, 3], out a multiple of 64
  /// @param bias    [out]
  WinogradConvolution(const at::Tensor& weight, const at::Tensor& bias, bool pooled);

  /// @param x  [B, in, H, W]
  /// @return [B, out, H, W], or with pooling [B, out, H / 2, W / 2], in channels-last memory
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;

 private:
  std::int64_t in_;
  std::int64_t blocks_;
  at::Tensor planes_;  ///< [blocks, 36, in, 64]
  at::Tensor bias_;    ///< [out]
  bool pooled_;
};

}  // namespace af::al::models

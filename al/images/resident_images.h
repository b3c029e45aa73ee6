#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "al/images/augmentation.h"
#include "al/images/image_table.h"
#include "al/images/normalisation.h"

namespace af::al {

/// All images of a table on the device, as bytes; batches are gathered and normalised there.
class ResidentImages {
 public:
  ResidentImages(const ImageTable& table, const ChannelStatistics& statistics, at::Device device);

  [[nodiscard]] std::int64_t rows() const { return bytes_.size(0); }
  [[nodiscard]] at::Device device() const { return bytes_.device(); }
  /// Images of `rows` ([B] int64 on the device): [B, C, H, W] float32 in channels-last memory,
  /// (grey level - mean) / deviation.
  [[nodiscard]] at::Tensor batch(const at::Tensor& rows) const;
  /// The same of images placed as the epoch draws them (augmentation.h), for training alone.
  [[nodiscard]] at::Tensor batch(const at::Tensor& rows, const AugmentedEpoch& epoch) const;

 private:
  [[nodiscard]] at::Tensor normalised(const at::Tensor& bytes) const;

  at::Tensor bytes_;                 ///< [N, H * W * C] uint8
  at::Tensor scale_;                 ///< [H * W * C] 1 / deviation
  at::Tensor offset_;                ///< [H * W * C] -mean / deviation
  std::vector<std::int64_t> shape_;  ///< {-1, H, W, C}
};

}  // namespace af::al

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "al/image_table.h"

namespace af::al {

/// Mean and standard deviation of each channel over all images, in grey levels.
struct ChannelStatistics {
  std::vector<double> mean;
  std::vector<double> deviation;  ///< At least 1, so that a constant channel divides by 1.
};

/// From exact integer sums. Uses pixels only, no label.
[[nodiscard]] ChannelStatistics channel_statistics(const ImageTable& table);

/// All images of a table on the device, as bytes; batches are gathered and normalised there.
class ResidentImages {
 public:
  ResidentImages(const ImageTable& table, const ChannelStatistics& statistics, at::Device device);

  [[nodiscard]] std::int64_t rows() const { return bytes_.size(0); }
  [[nodiscard]] at::Device device() const { return bytes_.device(); }
  /// Images of `rows` ([B] int64 on the device): [B, C, H, W] float32 in channels-last memory,
  /// (grey level - mean) / deviation.
  [[nodiscard]] at::Tensor batch(const at::Tensor& rows) const;

 private:
  at::Tensor bytes_;                 ///< [N, H * W * C] uint8
  at::Tensor scale_;                 ///< [H * W * C] 1 / deviation
  at::Tensor offset_;                ///< [H * W * C] -mean / deviation
  std::vector<std::int64_t> shape_;  ///< {-1, H, W, C}
};

}  // namespace af::al

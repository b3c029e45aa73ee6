#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "al/augmentation.h"
#include "al/experiment_config.h"
#include "al/image_table.h"

namespace af::al {

/// Mean and standard deviation of each channel over all images, in grey levels.
struct ChannelStatistics {
  std::vector<double> mean;
  std::vector<double> deviation;  ///< At least 1, so that a constant channel divides by 1.
};

/// From exact integer sums. Uses pixels only, no label.
[[nodiscard]] ChannelStatistics channel_statistics(const ImageTable& table);
/// What images of a pool are normalised by: its own statistics, those of ImageNet as torchvision's
/// weights expect (mean .485, .456, .406, deviation .229, .224, .225 of 255), or 0 and 255.
/// @throws ConfigError if ImageNet's are asked for grey images.
[[nodiscard]] ChannelStatistics normalising_statistics(Normalisation by, const ImageTable& pool);

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

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "al/images/augmentation.h"
#include "al/images/image_table.h"
#include "al/images/normalisation.h"

namespace af::al {

/// Where each pixel of placed images comes from (augmentation.h).
struct PixelSources {
  at::Tensor rows;     ///< [n, H] int64: the image's row
  at::Tensor columns;  ///< [n, W] int64: the column in it
};

/// All images of a table on the device, as bytes; batches are gathered and normalised there.
class ResidentImages {
 public:
  ResidentImages(const ImageTable& table, const ChannelStatistics& statistics, at::Device device);

  [[nodiscard]] std::int64_t rows() const { return bytes_.size(0); }
  [[nodiscard]] at::Device device() const { return bytes_.device(); }
  /// Images of `rows` ([B] int64 on the device): [B, C, H, W] float32 in channels-last memory,
  /// (grey level - mean) / deviation.
  [[nodiscard]] at::Tensor batch(const at::Tensor& rows) const;
  /// The same of placed images, for training alone.
  /// @param sources  Of those rows, on the device.
  [[nodiscard]] at::Tensor batch(const at::Tensor& rows, const PixelSources& sources) const;
  /// Where the pixels of `rows` come from as the epoch places them; on the CPU.
  [[nodiscard]] PixelSources sources(std::span<const std::int64_t> rows,
                                     const AugmentedEpoch& epoch) const;

  /// Keeps what a network whose features are frozen makes of the images, so that it need not be
  /// worked out again.
  /// @param representations  [N, R] on the device, row by row.
  void keep(at::Tensor representations) { representations_ = std::move(representations); }
  /// Undefined unless kept.
  [[nodiscard]] const at::Tensor& representations() const noexcept { return representations_; }

 private:
  [[nodiscard]] at::Tensor normalised(const at::Tensor& bytes) const;

  at::Tensor bytes_;                 ///< [N, H * W * C] uint8
  at::Tensor scale_;                 ///< [H * W * C] 1 / deviation
  at::Tensor offset_;                ///< [H * W * C] -mean / deviation
  std::vector<std::int64_t> shape_;  ///< {-1, H, W, C}
  at::Tensor representations_;
};

}  // namespace af::al

#include "al/images/resident_images.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace af::al {

ResidentImages::ResidentImages(const ImageTable& table, const ChannelStatistics& statistics,
                               at::Device device)
    : shape_{-1, table.height, table.width, table.channels} {
  const auto options = at::TensorOptions().dtype(at::kByte);
  bytes_ = at::empty({table.rows, table.image_bytes()}, options);
  std::ranges::copy(table.pixels, bytes_.mutable_data_ptr<std::uint8_t>());
  const std::int64_t pixels = table.height * table.width;
  const at::Tensor mean = at::tensor(statistics.mean, at::kDouble);
  const at::Tensor deviation = at::tensor(statistics.deviation, at::kDouble);
  scale_ = deviation.reciprocal().repeat({pixels}).to(at::kFloat).to(device);
  offset_ = (-mean / deviation).repeat({pixels}).to(at::kFloat).to(device);
  bytes_ = bytes_.to(device);  // Once: pinned memory for all of it would be more than it saves.
}

at::Tensor ResidentImages::batch(const at::Tensor& rows) const {
  return normalised(bytes_.index_select(0, rows));
}

at::Tensor ResidentImages::batch(const at::Tensor& rows, const PixelSources& sources) const {
  const std::int64_t count = rows.size(0);
  const at::Tensor images = bytes_.view({-1, shape_[1], shape_[2], shape_[3]});
  return normalised(images
                        .index({rows.view({count, 1, 1}), sources.rows.unsqueeze(2),
                                sources.columns.unsqueeze(1)})
                        .view({count, -1}));
}

PixelSources ResidentImages::sources(std::span<const std::int64_t> rows,
                                     const AugmentedEpoch& epoch) const {
  const std::int64_t height = shape_[1];
  const std::int64_t width = shape_[2];
  const auto count = static_cast<std::int64_t>(rows.size());
  PixelSources sources{at::empty({count, height}, at::kLong), at::empty({count, width}, at::kLong)};
  auto* y = sources.rows.mutable_data_ptr<std::int64_t>();
  auto* x = sources.columns.mutable_data_ptr<std::int64_t>();
  for (const std::int64_t row : rows) {
    const Placement placed = placement(epoch, row);
    for (std::int64_t j = 0; j < height; ++j) {
      *y++ = std::clamp<std::int64_t>(j - placed.down, 0, height - 1);
    }
    for (std::int64_t j = 0; j < width; ++j) {
      const std::int64_t column = std::clamp<std::int64_t>(j - placed.right, 0, width - 1);
      *x++ = placed.flipped ? width - 1 - column : column;
    }
  }
  return sources;
}

at::Tensor ResidentImages::normalised(const at::Tensor& bytes) const {
  // [B, H, W, C] seen as [B, C, H, W] is what channels-last memory means: nothing is moved.
  return bytes.to(at::kFloat).mul_(scale_).add_(offset_).view(shape_).permute({0, 3, 1, 2});
}

}  // namespace af::al

#include "al/resident_images.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace af::al {

ChannelStatistics channel_statistics(const ImageTable& table) {
  const auto channels = static_cast<std::size_t>(table.channels);
  std::vector<std::uint64_t> sum(channels);
  std::vector<std::uint64_t> sum_of_squares(channels);
  for (std::size_t i = 0; i < table.pixels.size(); ++i) {
    const std::uint64_t value = table.pixels[i];
    sum[i % channels] += value;
    sum_of_squares[i % channels] += value * value;
  }
  const double count = static_cast<double>(table.rows * table.height * table.width);
  ChannelStatistics statistics;
  for (std::size_t c = 0; c < channels; ++c) {
    const double mean = static_cast<double>(sum[c]) / count;
    // Integer sums of bytes are exact and their squares small: nothing cancels here.
    const double variance = static_cast<double>(sum_of_squares[c]) / count - mean * mean;
    statistics.mean.push_back(mean);
    statistics.deviation.push_back(std::max(1.0, std::sqrt(variance)));
  }
  return statistics;
}

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
  bytes_ = bytes_.to(device);
}

at::Tensor ResidentImages::batch(const at::Tensor& rows) const {
  // [B, H, W, C] seen as [B, C, H, W] is what channels-last memory means: nothing is moved.
  return bytes_.index_select(0, rows)
      .to(at::kFloat)
      .mul_(scale_)
      .add_(offset_)
      .view(shape_)
      .permute({0, 3, 1, 2});
}

}  // namespace af::al

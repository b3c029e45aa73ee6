#include "al/images/normalisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/errors.h"

namespace af::al {
namespace {

constexpr double kWhite = 255;

}  // namespace

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

ChannelStatistics normalising_statistics(Normalisation by, const ImageTable& pool) {
  if (by == Normalisation::kPool) return channel_statistics(pool);
  const auto channels = static_cast<std::size_t>(pool.channels);
  if (by == Normalisation::kUnit) {
    return {std::vector<double>(channels, 0), std::vector<double>(channels, kWhite)};
  }
  if (channels != 3) {
    throw ConfigError(
        fmt::format("normalisation is imagenet, expected pool or unit for the grey images of {}",
                    pool.path.string()));
  }
  return {{.485 * kWhite, .456 * kWhite, .406 * kWhite},
          {.229 * kWhite, .224 * kWhite, .225 * kWhite}};
}

}  // namespace af::al

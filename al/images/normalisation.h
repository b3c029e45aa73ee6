#pragma once

#include <array>
#include <utility>
#include <vector>

#include "al/images/image_table.h"

namespace af::al {

enum class Normalisation { kPool, kImageNet, kUnit };
constexpr auto enum_names(Normalisation) {
  return std::array{std::pair{Normalisation::kPool, "pool"},
                    std::pair{Normalisation::kImageNet, "imagenet"},
                    std::pair{Normalisation::kUnit, "unit"}};
}

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

}  // namespace af::al

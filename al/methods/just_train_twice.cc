#include "al/methods/just_train_twice.h"

namespace af::al::methods {

std::vector<std::int64_t> upsampled_positions(std::span<const std::int64_t> labels,
                                              std::span<const std::int64_t> predicted,
                                              std::int64_t upweight) {
  std::vector<std::int64_t> positions;
  for (std::int64_t round = 0; round < upweight; ++round) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (round == 0 || predicted[i] != labels[i]) {
        positions.push_back(static_cast<std::int64_t>(i));
      }
    }
  }
  return positions;
}

}  // namespace af::al::methods

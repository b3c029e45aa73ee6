#include "al/images/augmentation.h"

#include "core/random.h"

namespace af::al {
namespace {

/// A step has 12 bits (experiment_config.cc), an epoch 14, a row 32.
std::uint64_t address(const AugmentedEpoch& epoch, std::int64_t row) {
  return static_cast<std::uint64_t>(epoch.step) << 46 |
         static_cast<std::uint64_t>(epoch.epoch) << 32 | static_cast<std::uint64_t>(row);
}

}  // namespace

Placement placement(const AugmentedEpoch& epoch, std::int64_t row) {
  Placement placed;
  if (epoch.augmentation.flip) {
    placed.flipped = Stream(epoch.seed, Purpose::kFlip, address(epoch, row)).below(2) == 1;
  }
  if (epoch.augmentation.shift > 0) {
    Stream stream(epoch.seed, Purpose::kShift, address(epoch, row));
    const std::int64_t most = epoch.augmentation.shift;
    const auto ways = static_cast<std::uint32_t>(2 * most + 1);
    placed.down = stream.below(ways) - most;
    placed.right = stream.below(ways) - most;
  }
  return placed;
}

}  // namespace af::al

#pragma once

#include <cstdint>

/// Changes to training images, drawn anew in every epoch. No LibTorch here.
namespace af::al {

struct Augmentation {
  bool flip = false;       ///< Left and right change places with probability one half.
  std::int64_t shift = 0;  ///< Most pixels up, down, left and right, each of 2 shift + 1 ways
                           ///< equally likely; what comes in repeats the border.

  [[nodiscard]] bool any() const noexcept { return flip || shift > 0; }
};

/// The epoch whose draws are meant.
struct AugmentedEpoch {
  Augmentation augmentation;
  std::uint64_t seed = 0;
  std::int64_t step = 0;
  std::int64_t epoch = 0;
};

/// Where an image comes to lie: flipped first, then moved.
struct Placement {
  bool flipped = false;
  std::int64_t down = 0;
  std::int64_t right = 0;
};

/// From the streams (seed, kFlip or kShift, (step, epoch, row)): a row that an epoch takes twice is
/// placed twice the same, and neither change draws from the other's stream.
[[nodiscard]] Placement placement(const AugmentedEpoch& epoch, std::int64_t row);

}  // namespace af::al

#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace af {

/// What a stream of random numbers is for. Append only: a number once given keeps its meaning, so
/// that turning one factor on never changes the draws of another.
enum class Purpose : std::uint32_t {
  kBias = 1,        ///< Colour and character of a row.
  kQuotaOrder = 2,  ///< The order in which exact quotas are dealt to rows.
  kFont = 3,
  kBold = 4,
  kSlant = 5,
  kScale = 6,
  kRotation = 7,
  kTranslation = 8,
  kBackground = 9,
  kForeground = 10,
  kPixelNoise = 11,
  kInverse = 12,
  kOcclusionPlacement = 13,
  kOcclusionShape = 14,
  kOcclusionPaint = 15,
  kSplit = 16,    ///< Whether a row is for training, validation or test.
  kStrokes = 17,  ///< Places and colours of a camouflage's strokes.
  kSymbolCount = 18,
  kMissing = 19,  ///< Whether a symbol lies outside of its image.
  kMaxContrast = 20,
  kNoiseScale = 21,
  kOcclusionCount = 22,
  kOcclusionScale = 23,
  kSplitLevels = 28,  ///< The order in which levels are dealt to splits.
  kSplitOrder = 29,   ///< The order in which exact counts of splits are dealt to rows.
  kInitialSet = 32,   ///< Rows labelled before the first acquisition step.
  kInitialWeights = 33,
  kBatchOrder = 34,  ///< Order of the training rows, epoch by epoch.
  kTrainDropout = 35,
  kMcDropout = 36,         ///< Masks of the T stochastic forward passes.
  kAcquisition = 37,       ///< Random choices inside a heuristic.
  kCandidates = 38,        ///< Rows of the pool offered to a heuristic.
  kAcquisitionNoise = 39,  ///< Noise on the scores of stochastic batch acquisition.
  kJointLabels = 40,       ///< Label configurations that BatchBALD keeps.
  kTargetInputs = 41,      ///< Inputs that EPIG predicts for.
  kSeeding = 42,           ///< k-means++ seeding in BADGE.
  kGroupDraws = 43,        ///< Training rows drawn group by group.
  kRepairOrder = 44,       ///< Order of the rows in which REPAIR learns their weights.
  kRepairSample = 45,      ///< Labelled rows that REPAIR keeps by chance.
  kFlip = 48,              ///< Whether a training image is flipped.
  kShift = 49,             ///< How far a training image is moved.
  kBootstrap = 64,
  kMonteCarloTest = 65,
  kTest = 1000,  ///< For the project's own tests.
};

/// A stream of random numbers that is addressed, not consumed in an order shared with others:
/// equal (seed, purpose, index) give equal draws for any thread count, shard or machine.
///
/// Philox4x32-10 with key = seed and counter = {block, purpose, index low, index high}.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11.
class Stream {
 public:
  Stream(std::uint64_t seed, Purpose purpose, std::uint64_t index) noexcept
      : seed_(seed), index_(index), purpose_(static_cast<std::uint32_t>(purpose)) {}

  /// Uniform on [0, 2^32).
  std::uint32_t bits() noexcept {
    if (used_ == block_.size()) refill();
    return block_[used_++];
  }
  /// The next `out.size()` draws of bits(), several times faster.
  void fill(std::span<std::uint32_t> out) noexcept;
  /// Uniform on [0, 2^64).
  std::uint64_t bits64() noexcept {
    const std::uint64_t high = bits();
    return high << 32 | bits();
  }
  /// Uniform on [0, 1), a multiple of 2^-53.
  double uniform() noexcept { return static_cast<double>(bits64() >> 11) * 0x1p-53; }
  /// Uniform on [low, high).
  double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }
  /// Unbiased on [0, n); n > 0. Source: Lemire 2019, "Fast random integer generation in an
  /// interval", Algorithm 5.
  std::uint32_t below(std::uint32_t n) noexcept;
  /// Standard normal: the quantile function at a uniform draw on (0, 1).
  double normal() noexcept;

 private:
  void refill() noexcept;

  std::uint64_t seed_;
  std::uint64_t index_;
  std::uint32_t purpose_;
  std::uint32_t block_number_ = 0;
  std::array<std::uint32_t, 4> block_{};
  std::size_t used_ = 4;
};

/// Puts `values` into a uniformly random order (Fisher and Yates); at most 2^32 - 1 of them.
template <class T>
void shuffle(std::span<T> values, Stream& stream) {
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
  }
}

/// The numbers 0 .. count-1 in a uniformly random order.
[[nodiscard]] inline std::vector<std::uint32_t> permutation(std::uint32_t count, Stream& stream) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  shuffle(std::span(order), stream);
  return order;
}

}  // namespace af

#pragma once

#include <cstdint>

namespace af::synth {

/// Pixel noise that is addressed by (key, position) and so the same for any order of evaluation.
///
/// A counter hash gives 32 bits a position; the sum of their four bytes is approximately normal
/// (Irwin and Hall, n = 4, on 256 steps):
///   mean 510, variance 4 (256^2 - 1) / 12 = 21845, excess kurtosis -0.3, at most 3.451
/// standard deviations from the mean.
/// The key is mixed once, by SplitMix64 (Steele, Lea and Flood 2014); each half of the result goes
/// into one of two rounds of multiply and shift on the counter, whose multipliers are from Wellons
/// 2018, "Prospecting for hash functions" (lowbias32).
class Noise {
 public:
  explicit Noise(std::uint64_t key) noexcept {
    key += 0x9E3779B97F4A7C15U;
    key = (key ^ key >> 30) * 0xBF58476D1CE4E5B9U;
    key = (key ^ key >> 27) * 0x94D049BB133111EBU;
    key ^= key >> 31;
    first_ = static_cast<std::uint32_t>(key);
    second_ = static_cast<std::uint32_t>(key >> 32);
  }

  /// The state of a position; that of the next one is `kStride` more, modulo 2^32.
  [[nodiscard]] std::uint32_t state(std::uint32_t position) const noexcept {
    return position * kStride + first_;
  }
  static constexpr std::uint32_t kStride = 0x9E3779B9U;

  /// The sum of a state's bytes, 0 to 1020.
  [[nodiscard]] std::int32_t operator()(std::uint32_t state) const noexcept {
    std::uint32_t h = (state ^ state >> 16) * 0x7FEB352DU;
    h = ((h ^ h >> 15) + second_) * 0x846CA68BU;
    h ^= h >> 16;
    const std::uint32_t pairs = (h & 0x00FF00FFU) + (h >> 8 & 0x00FF00FFU);
    return static_cast<std::int32_t>((pairs + (pairs >> 16)) & 0x3FFU);
  }

 private:
  std::uint32_t first_;
  std::uint32_t second_;
};

inline constexpr double kNoiseMean = 510.0;
inline constexpr double kNoiseVariance = 21845.0;     ///< Of one value.
inline constexpr double kNoiseExcessKurtosis = -0.3;  ///< To within 1e-5.

}  // namespace af::synth

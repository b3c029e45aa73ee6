#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace af::synth {

/// Pixel noise that is addressed by (key, position) and so the same for any order of evaluation.
///
/// Positions come in blocks of 512 = 16 x 32. A counter hash gives a block 512 bytes, which are
/// taken as numbers u[16][32] from -128 to 127; each value adds or subtracts 16 of them:
///   value[m][l] = sum_j H[m][j] u[j][l],  H the 16 x 16 Hadamard matrix of Sylvester,
/// and value[0][l] + 8, which centres them. Source: Rader 1969, "A new method of generating
/// Gaussian random variables by computer", Lincoln Laboratory Technical Note 1969-49.
/// A value is the sum of 16 uniform ones and so approximately normal:
///   mean 0, variance 16 (256^2 - 1) / 12 = 87380, excess kurtosis -0.075, at most 6.90
/// standard deviations from the mean. No two values are correlated. Those of a block whose
/// positions differ by a multiple of 32 share their 16 summands, and so are not quite independent:
/// their squares are correlated by -0.039.
///
/// The key is mixed once, by SplitMix64 (Steele, Lea and Flood 2014); each half of the result goes
/// into one of two rounds of multiply and shift on the counter, whose multipliers are from Wellons
/// 2018, "Prospecting for hash functions" (lowbias32).
class Noise {
 public:
  static constexpr std::size_t kBlock = 512;
  using Block = std::array<std::int16_t, kBlock>;

  explicit Noise(std::uint64_t key) noexcept;

  /// Values of the positions [512 number, 512 number + 512).
  void fill(std::uint32_t number, Block& block) const;

 private:
  std::uint32_t first_;
  std::uint32_t second_;
};

inline constexpr double kNoiseVariance = 87380.0;       ///< Of one value.
inline constexpr double kNoiseExcessKurtosis = -0.075;  ///< To within 3e-6.
inline constexpr int kMostNoise = 2040;                 ///< Values lie in [-2040, 2040].

}  // namespace af::synth

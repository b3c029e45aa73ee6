#include "synth/noisy_levels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/random.h"

namespace af::synth {
namespace {

/// A tone over painted values, as an image may have it.
struct Case {
  LevelRange painted;
  double at_low;
  double at_high;
  double deviation;

  Case(int most, Stream& stream) {
    const int a = static_cast<int>(stream.below(static_cast<std::uint32_t>(most) + 1));
    const int b = static_cast<int>(stream.below(static_cast<std::uint32_t>(most) + 1));
    painted = {std::min(a, b), std::max(a, b)};
    at_low = stream.uniform(0.0, 255.0);
    at_high = a == b ? at_low : stream.uniform(0.0, 255.0);
    deviation = std::exp(stream.uniform(-3.0, std::log(255.0)));
  }
  /// The level before it is clipped and truncated.
  [[nodiscard]] double tone(int value) const {
    const int span = painted.high - painted.low;
    return span == 0 ? at_low : at_low + (at_high - at_low) * (value - painted.low) / span;
  }
};

template <class Painted>
void expect_levels_of(int most, std::uint64_t index) {
  Stream stream(1, Purpose::kTest, index);
  for (int i = 0; i < 300; ++i) {
    const Case c(most, stream);
    const NoisyLevels levels(c.painted, c.at_low, c.at_high, c.deviation);
    // In units of 1/64, or a 500th of the deviation if that is more.
    const double off = std::max(4.0 / 64.0, c.deviation / 100.0);
    Noise::Block noise;
    std::array<Painted, Noise::kBlock> painted;
    std::array<std::uint8_t, Noise::kBlock> out;
    for (std::size_t k = 0; k < out.size(); ++k) {
      noise[k] = static_cast<std::int16_t>(static_cast<int>(stream.below(4081)) - kMostNoise);
      painted[k] = static_cast<Painted>(
          c.painted.low + static_cast<int>(stream.below(
                              static_cast<std::uint32_t>(c.painted.high - c.painted.low) + 1)));
    }
    levels.write(painted.data(), noise, out.size(), out.data());
    for (std::size_t k = 0; k < out.size(); ++k) {
      const double level = c.tone(painted[k]) + noise[k] * c.deviation / std::sqrt(kNoiseVariance);
      const double expected = std::clamp(level, 0.0, 255.999);
      ASSERT_GE(out[k], std::floor(std::max(expected - off, 0.0)));
      ASSERT_LE(out[k], std::floor(std::min(expected + off, 255.999)));
    }
  }
}

TEST(NoisyLevels, AddNoiseToTheToneOfBytes) { expect_levels_of<std::uint8_t>(255, 0); }

TEST(NoisyLevels, AddNoiseToTheToneOfSums) { expect_levels_of<std::uint16_t>(765, 1); }

TEST(NoisyLevels, KeepWholeLevelsWhereNoiseIsZero) {
  const Noise::Block none{};
  std::array<std::uint8_t, 256> painted;
  std::array<std::uint8_t, 256> out;
  for (std::size_t k = 0; k < painted.size(); ++k) painted[k] = static_cast<std::uint8_t>(k);
  NoisyLevels({0, 255}, 0.0, 255.0, 2.55).write(painted.data(), none, 256, out.data());
  EXPECT_EQ(out, painted);
  NoisyLevels({0, 255}, 255.0, 0.0, 2.55).write(painted.data(), none, 256, out.data());
  std::ranges::reverse(out);
  EXPECT_EQ(out, painted);
}

TEST(NoisyLevels, AreHalfALevelBelowInTheMean) {
  // As truncation leaves them, to within a 64th. Every value comes with its noise and the opposite.
  Stream stream(1, Purpose::kTest, 2);
  const NoisyLevels levels({0, 200}, 100.005, 151.3, 2.55);
  double off = 0.0;
  constexpr int kRounds = 300;
  for (int i = 0; i < kRounds; ++i) {
    Noise::Block noise;
    std::array<std::uint8_t, Noise::kBlock> painted;
    std::array<std::uint8_t, Noise::kBlock> out;
    for (std::size_t k = 0; k < out.size(); k += 2) {
      noise[k] = static_cast<std::int16_t>(stream.below(2000));
      noise[k + 1] = static_cast<std::int16_t>(-noise[k]);
      painted[k] = painted[k + 1] = static_cast<std::uint8_t>(stream.below(201));
    }
    levels.write(painted.data(), noise, out.size(), out.data());
    for (std::size_t k = 0; k < out.size(); ++k)
      off += out[k] - (100.005 + 51.295 * painted[k] / 200);
  }
  EXPECT_NEAR(off / (kRounds * Noise::kBlock), -0.5, 1.0 / 64.0);
}

TEST(NoisyLevels, WriteNoMoreThanTheyAreAskedTo) {
  const Noise::Block none{};
  const std::array<std::uint8_t, 100> painted{};
  std::array<std::uint8_t, 100> out;
  out.fill(7);
  NoisyLevels({0, 255}, 0.0, 255.0, 2.55).write(painted.data(), none, 77, out.data());
  EXPECT_EQ(std::ranges::count(out, 0), 77);
  EXPECT_EQ(out[76], 0);
}

}  // namespace
}  // namespace af::synth

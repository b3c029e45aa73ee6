#include "synth/noise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace af::synth {
namespace {

/// Standardised noise of many keys, as images have it: short runs of positions.
std::vector<double> many() {
  std::vector<double> z;
  const double deviation = std::sqrt(kNoiseVariance);
  for (std::uint64_t key = 0; key < 400; ++key) {
    const Noise noise(key);
    for (std::uint32_t i = 0; i < 12288; ++i)
      z.push_back((noise(noise.state(i)) - kNoiseMean) / deviation);
  }
  return z;
}

/// Mean of a function over the values.
template <class F>
double mean_of(const std::vector<double>& z, F f) {
  double sum = 0.0;
  for (const double value : z) sum += f(value);
  return sum / static_cast<double>(z.size());
}

// Bounds are five standard errors of the statistic at 4.9 million independent values.
TEST(Noise, HasTheMomentsThatItStates) {
  const std::vector<double> z = many();
  const double n = static_cast<double>(z.size());
  EXPECT_NEAR(mean_of(z, [](double v) { return v; }), 0.0, 5.0 / std::sqrt(n));
  EXPECT_NEAR(mean_of(z, [](double v) { return v * v; }), 1.0, 5.0 * std::sqrt(1.7 / n));
  EXPECT_NEAR(mean_of(z, [](double v) { return v * v * v; }), 0.0, 5.0 * std::sqrt(12.0 / n));
  EXPECT_NEAR(mean_of(z, [](double v) { return v * v * v * v; }), 3.0 + kNoiseExcessKurtosis,
              5.0 * std::sqrt(64.0 / n));
}

TEST(Noise, IsNotCorrelatedBetweenPositions) {
  const std::vector<double> z = many();
  for (const std::size_t lag : {1U, 2U, 3U, 64U, 128U, 4096U, 8192U, 12288U}) {
    double sum = 0.0;
    for (std::size_t i = 0; i + lag < z.size(); ++i) sum += z[i] * z[i + lag];
    const double n = static_cast<double>(z.size() - lag);
    EXPECT_NEAR(sum / n, 0.0, 5.0 / std::sqrt(n)) << "lag " << lag;
  }
}

TEST(Noise, IsNotCorrelatedBetweenKeysThatDifferInOneBit) {
  for (int bit = 0; bit < 64; ++bit) {
    const Noise one(0);
    const Noise other(std::uint64_t{1} << bit);
    double sum = 0.0;
    constexpr std::uint32_t kCount = 100000;
    for (std::uint32_t i = 0; i < kCount; ++i) {
      sum += (one(one.state(i)) - kNoiseMean) * (other(other.state(i)) - kNoiseMean);
    }
    sum /= kNoiseVariance;
    EXPECT_NEAR(sum / kCount, 0.0, 5.0 / std::sqrt(kCount)) << "bit " << bit;
  }
}

TEST(Noise, IsCloseToTheNormalDistribution) {
  // Largest distance between the distribution functions: 0.0062 for four uniform summands, and the
  // discrete steps add up to 0.0014.
  const std::vector<double> z = many();
  double worst = 0.0;
  for (double at = -3.4; at <= 3.4; at += 0.1) {
    const double share = mean_of(z, [at](double v) { return v <= at ? 1.0 : 0.0; });
    worst = std::max(worst, std::abs(share - 0.5 * std::erfc(-at / std::sqrt(2.0))));
  }
  EXPECT_LT(worst, 0.009);
}

}  // namespace
}  // namespace af::synth

#include "synth/noise.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace af::synth {
namespace {

constexpr std::uint32_t kBlocks = 24;  // As many as an image of 64 x 64 has.

/// Noise of consecutive positions.
std::vector<double> values_of(const Noise& noise, std::uint32_t blocks) {
  std::vector<double> values;
  Noise::Block block;
  for (std::uint32_t number = 0; number < blocks; ++number) {
    noise.fill(number, block);
    values.insert(values.end(), block.begin(), block.end());
  }
  return values;
}

/// Standardised noise of many keys, as images have it: short runs of positions.
const std::vector<double>& many() {
  static const std::vector<double> kept = [] {
    std::vector<double> z;
    for (std::uint64_t key = 0; key < 400; ++key) {
      for (const double value : values_of(Noise(key), kBlocks)) {
        z.push_back(value / std::sqrt(kNoiseVariance));
      }
    }
    return z;
  }();
  return kept;
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
  const std::vector<double>& z = many();
  const double n = static_cast<double>(z.size());
  EXPECT_NEAR(mean_of(z, [](double v) { return v; }), 0.0, 5.0 / std::sqrt(n));
  // Squares are a little negatively correlated, which makes their mean less variable.
  EXPECT_NEAR(mean_of(z, [](double v) { return v * v; }), 1.0, 5.0 * std::sqrt(1.925 / n));
  EXPECT_NEAR(mean_of(z, [](double v) { return v * v * v; }), 0.0, 5.0 * std::sqrt(15.0 / n));
  EXPECT_NEAR(mean_of(z, [](double v) { return v * v * v * v; }), 3.0 + kNoiseExcessKurtosis,
              5.0 * std::sqrt(96.0 / n));
}

TEST(Noise, IsCentredInEveryRowOfABlock) {
  const std::vector<double>& z = many();
  std::array<double, 16> sums{};
  for (std::size_t i = 0; i < z.size(); ++i) sums[i % Noise::kBlock / 32] += z[i];
  for (const double sum : sums) {
    EXPECT_NEAR(sum / std::sqrt(static_cast<double>(z.size()) / 16.0), 0.0, 5.0);
  }
}

/// Mean of f(z_i) f(z_{i + lag}) in its standard errors, within blocks or not.
template <class F>
double product_at(std::size_t lag, bool in_block, F f) {
  const std::vector<double>& z = many();
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t i = 0; i + lag < z.size(); ++i) {
    if (in_block && i / Noise::kBlock != (i + lag) / Noise::kBlock) continue;
    sum += f(z[i]) * f(z[i + lag]);
    ++count;
  }
  return sum / static_cast<double>(count) * std::sqrt(static_cast<double>(count));
}

TEST(Noise, IsNotCorrelatedBetweenPositions) {
  const auto value = [](double v) { return v; };
  for (const std::size_t lag : {1U, 2U, 3U, 16U, 31U, 32U, 64U, 128U, 256U, 480U}) {
    EXPECT_NEAR(product_at(lag, true, value), 0.0, 5.0) << "lag " << lag;
  }
  for (const std::size_t lag : {1U, 64U, 512U, 1024U, 4096U, 8192U, 12288U}) {
    EXPECT_NEAR(product_at(lag, false, value), 0.0, 5.0) << "lag " << lag;
  }
}

TEST(Noise, HasSquaresThatAreCorrelatedAsItStates) {
  const auto square = [](double v) { return (v * v - 1.0) / std::sqrt(1.925); };
  // Half of the pairs at lag 32 m lie in one group of sixteen, none at other lags.
  const double n = static_cast<double>(many().size());
  EXPECT_NEAR(product_at(32, true, square) / std::sqrt(n * 15.0 / 16.0), -0.039,
              5.0 / std::sqrt(n));
  EXPECT_NEAR(product_at(256, true, square) / std::sqrt(n / 2.0), -0.039, 8.0 / std::sqrt(n));
  EXPECT_NEAR(product_at(1, true, square), 0.0, 5.0);
  EXPECT_NEAR(product_at(512, false, square), 0.0, 5.0);
}

TEST(Noise, IsNotCorrelatedBetweenKeysThatDifferInOneBit) {
  const std::vector<double> one = values_of(Noise(0), 200);
  for (int bit = 0; bit < 64; ++bit) {
    const std::vector<double> other = values_of(Noise(std::uint64_t{1} << bit), 200);
    double sum = 0.0;
    for (std::size_t i = 0; i < one.size(); ++i) sum += one[i] * other[i] / kNoiseVariance;
    EXPECT_NEAR(sum / std::sqrt(static_cast<double>(one.size())), 0.0, 5.0) << "bit " << bit;
  }
}

TEST(Noise, IsCloseToTheNormalDistribution) {
  // Largest distance between the distribution functions: 0.0016 for sixteen uniform summands; the
  // discrete steps add up to 0.0007, and chance as much.
  const std::vector<double>& z = many();
  double worst = 0.0;
  for (double at = -3.4; at <= 3.4; at += 0.1) {
    const double share = mean_of(z, [at](double v) { return v <= at ? 1.0 : 0.0; });
    worst = std::max(worst, std::abs(share - 0.5 * std::erfc(-at / std::sqrt(2.0))));
  }
  EXPECT_LT(worst, 0.003);
}

}  // namespace
}  // namespace af::synth

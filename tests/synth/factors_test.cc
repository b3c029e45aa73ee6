#include "synth/factors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace af::synth {
namespace {

constexpr std::uint64_t kDraws = 20000;

/// Draws of one factor, each from the stream of its row.
template <class Factor>
std::vector<double> draws(Factor factor) {
  std::vector<double> values;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream(5, Purpose::kTest, i);
    values.push_back(factor(stream));
  }
  std::ranges::sort(values);
  return values;
}

/// Kolmogorov and Smirnov's distance from a distribution function, times sqrt(n). Above 1.95 with
/// probability 1e-3; here 2.6 makes all tests of this file together (Sidak, 10 of them) rarer.
template <class Cdf>
double distance(const std::vector<double>& sorted, Cdf cdf) {
  double worst = 0.0;
  const double n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double at = cdf(sorted[i]);
    worst = std::max({worst, at - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - at});
  }
  return worst * std::sqrt(n);
}
constexpr double kBound = 2.6;

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }
auto uniform_cdf(double low, double high) {
  return [=](double x) { return (x - low) / (high - low); };
}

TEST(Factors, ScaleIsLognormal) {
  EXPECT_LT(
      distance(draws(factors::scale), [](double x) { return normal_cdf(std::log(x / 0.6) / 0.2); }),
      kBound);
}

TEST(Factors, RotationIsNormal) {
  EXPECT_LT(distance(draws(factors::rotation_rad), [](double x) { return normal_cdf(x / 0.3); }),
            kBound);
}

TEST(Factors, PlacementsAreUniform) {
  for (const std::size_t axis : {0U, 1U}) {
    EXPECT_LT(distance(draws([&](Stream& s) { return factors::translation(s)[axis]; }),
                       uniform_cdf(-0.9, 0.9)),
              kBound);
    EXPECT_LT(distance(draws([&](Stream& s) { return factors::occlusion_translation(s)[axis]; }),
                       uniform_cdf(-1.5, 1.5)),
              kBound);
  }
  EXPECT_LT(
      distance(draws(factors::occlusion_rotation_rad), uniform_cdf(0.0, 2.0 * std::numbers::pi)),
      kBound);
}

TEST(Factors, GradientsAreHalfLinearHalfRadial) {
  const std::vector<double> radial = draws(
      [](Stream& s) { return factors::gradient(s).kind == GradientKind::kRadial ? 1.0 : 0.0; });
  const auto count = std::count(radial.begin(), radial.end(), 1.0);
  EXPECT_NEAR(static_cast<double>(count), kDraws / 2.0, 4.5 * std::sqrt(kDraws / 4.0));
}

TEST(Factors, LinearGradientsHaveNormalLength) {
  std::vector<double> lengths;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream(6, Purpose::kTest, i);
    const Gradient g = factors::gradient(stream);
    if (g.kind != GradientKind::kLinear) continue;
    lengths.push_back(std::hypot(g.points[2] - g.points[0], g.points[3] - g.points[1]));
  }
  std::ranges::sort(lengths);
  EXPECT_LT(distance(lengths, [](double x) { return normal_cdf((x - 1.0) / 0.2); }), kBound);
}

TEST(Factors, StopsAreOpaqueAtNoughtHalfAndOne) {
  Stream stream(7, Purpose::kTest, 0);
  const Gradient gradient = factors::gradient(stream);
  for (std::size_t i = 0; i < kStops; ++i) {
    EXPECT_EQ(gradient.stops[i].position, 0.5 * static_cast<double>(i));
    EXPECT_EQ(gradient.stops[i].rgba[3], 1.0);
  }
}

TEST(Factors, StopColoursAreUniform) {
  for (const std::size_t channel : {0U, 2U}) {
    EXPECT_LT(
        distance(draws([&](Stream& s) { return factors::gradient(s).stops[1].rgba[channel]; }),
                 uniform_cdf(0.0, 1.0)),
        kBound);
  }
}

}  // namespace
}  // namespace af::synth

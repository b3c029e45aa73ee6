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

TEST(Factors, LinearGradientsHaveNormalLength) {
  std::vector<double> lengths;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream(6, Purpose::kTest, i);
    const Gradient g = factors::gradient(GradientKind::kLinear, 1.0, stream);
    lengths.push_back(std::hypot(g.points[2] - g.points[0], g.points[3] - g.points[1]));
  }
  std::ranges::sort(lengths);
  EXPECT_LT(distance(lengths, [](double x) { return normal_cdf((x - 1.0) / 0.2); }), kBound);
}

TEST(Factors, StopsLieAtNoughtHalfAndOne) {
  Stream stream(7, Purpose::kTest, 0);
  const Gradient gradient = factors::gradient(GradientKind::kRadial, 0.5, stream);
  for (std::size_t i = 0; i < kStops; ++i) {
    EXPECT_EQ(gradient.stops[i].position, 0.5 * static_cast<double>(i));
    EXPECT_EQ(gradient.stops[i].rgba[3], 0.5);
  }
}

TEST(Factors, StopColoursAreUniform) {
  for (const std::size_t channel : {0U, 2U}) {
    EXPECT_LT(
        distance(draws([&](Stream& s) {
                   return factors::gradient(GradientKind::kLinear, 1.0, s).stops[1].rgba[channel];
                 }),
                 uniform_cdf(0.0, 1.0)),
        kBound);
  }
}

Pattern drawn(PatternKind kind, const factors::PatternOptions& options, std::uint64_t index) {
  Stream stream(8, Purpose::kTest, index);
  Pattern pattern = solid({0.1, 0.2, 0.3});
  pattern.gradients[3].points = {1, 2, 3, 4, 5, 6};  // Of whatever was drawn before.
  factors::draw_pattern(kind, options, stream, pattern);
  return pattern;
}

TEST(Factors, APatternDoesNotDependOnTheOneBefore) {
  const factors::PatternOptions options{.stroke = {0.6, 0.1, 0.0, 0.0}, .stroke_angle = 1.5};
  EXPECT_EQ(drawn(PatternKind::kNone, options, 0), Pattern{});
  const Pattern strokes = drawn(PatternKind::kCamouflage, options, 1);
  EXPECT_EQ(strokes.camouflage.shape, (Camouflage::Shape{0.6, 0.1, 1.5, 0.0}));
  EXPECT_EQ(strokes.gradients, Pattern{}.gradients);
  EXPECT_NE(strokes.camouflage.key, drawn(PatternKind::kCamouflage, options, 2).camouflage.key);
}

TEST(Factors, AMultiHasItsGradientsAndTheirOpacity) {
  const Pattern multi =
      drawn(PatternKind::kMulti, {.multi_gradients = 3, .multi_opacity = 0.25}, 0);
  ASSERT_EQ(multi.layers().size(), 3U);
  for (const Gradient& gradient : multi.layers()) EXPECT_EQ(gradient.stops[2].rgba[3], 0.25);
  EXPECT_NE(multi.gradients[0], multi.gradients[1]);
}

TEST(Factors, ASolidTakesItsColoursInTurnsOrAny) {
  const factors::PatternOptions two{.solids = {{1, 0, 0}, {0, 1, 0}}};
  int red = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    red += drawn(PatternKind::kSolid, two, i).rgb == Rgb{1, 0, 0} ? 1 : 0;
  }
  EXPECT_NEAR(red, 500, 4.5 * std::sqrt(250.0));
  EXPECT_NE(drawn(PatternKind::kSolid, {}, 0).rgb, drawn(PatternKind::kSolid, {}, 1).rgb);
}

TEST(Factors, StrokesComeFromTheirKey) {
  const Camouflage camouflage{{0.4, 0.05, 0.3, 0.02}, 500, 99};
  std::vector<Stroke> strokes(3);
  strokes_of(camouflage, strokes);
  ASSERT_EQ(strokes.size(), 500U);
  std::vector<Stroke> again;
  strokes_of(camouflage, again);
  EXPECT_EQ(strokes, again);
  double along = 0.0;
  for (const Stroke& stroke : strokes) {
    along += stroke.to[0] - stroke.from[0];
    EXPECT_EQ(stroke.rgba[3], kStrokeAlpha);
  }
  EXPECT_NEAR(along / 500.0, 0.4 * std::cos(0.3), 4.5 * 0.02 / std::sqrt(500.0));
}

}  // namespace
}  // namespace af::synth

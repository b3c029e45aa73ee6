#include "synth/stroke_shape.h"

#include <gtest/gtest.h>

namespace af::synth {
namespace {

constexpr int kResolution = 64;

/// Whether a stroke so many pixels wide can touch any pixel.
bool paints(std::array<double, 2> from, std::array<double, 2> to, double pixels) {
  const Stroke stroke{.from = from, .to = to, .width = pixels / kResolution, .rgba = {1, 0, 0, 1}};
  return StrokeShape(stroke, kResolution).extent() != fonts::PixelBox{};
}

TEST(StrokeShape, PaintsNothingUpToHalfOfCairosTolerance) {
  EXPECT_FALSE(paints({0.1, 0.2}, {0.8, 0.7}, 0.05));
  EXPECT_TRUE(paints({0.1, 0.2}, {0.8, 0.7}, 0.0501));
  EXPECT_FALSE(paints({0.1, 0.2}, {0.8, 0.7}, 0.04));
  EXPECT_FALSE(paints({0.1, 0.2}, {0.8, 0.7}, 0));
}

TEST(StrokeShape, PaintsNothingWithoutALength) {
  EXPECT_FALSE(paints({0.4, 0.4}, {0.4, 0.4}, 3));
  EXPECT_TRUE(paints({0.4, 0.4}, {0.4, 0.5}, 3));
}

}  // namespace
}  // namespace af::synth

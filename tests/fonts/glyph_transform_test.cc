#include "fonts/glyph_transform.h"

#include <gtest/gtest.h>

#include <limits>
#include <numbers>

namespace af::fonts {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

TEST(GlyphTransform, UprightIsTheIdentityButForTheLastBitOfTheHeight) {
  for (int i = 16; i < 2000; ++i) {  // From one pixel on.
    const GlyphTransform t = split(font_matrix(i * 1e-3, 0.0, false), 64);
    EXPECT_EQ(t.rest.xx, 65536) << "size " << i * 1e-3;
    // The height is the area by the width, which rounding may leave a little large; Cairo too
    // then scales by 65535/65536 (checked against it, tests/golden/draw_synbols.py).
    EXPECT_GE(t.rest.yy, 65535) << "size " << i * 1e-3;
    EXPECT_LE(t.rest.yy, 65536) << "size " << i * 1e-3;
    EXPECT_EQ(t.rest.xy, 0);
    EXPECT_EQ(t.rest.yx, 0);
    EXPECT_TRUE(t.rest.keeps_axes());
  }
}

TEST(GlyphTransform, RotationLeavesTheSizeAlone) {
  const GlyphTransform t = split(font_matrix(0.5, 0.3, false), 64);
  EXPECT_NEAR(t.x_px, 32.0, 1e-12);
  EXPECT_NEAR(t.y_px, 32.0, 1e-12);
  EXPECT_FALSE(t.rest.keeps_axes());
}

TEST(GlyphTransform, SlantKeepsTheArea) {
  const FontMatrix m = font_matrix(0.5, 0.3, true);
  EXPECT_NEAR(m.xx * m.yy - m.xy * m.yx, 0.25, 1e-15);
}

TEST(GlyphTransform, IsTruncatedTowardZero) {
  // cos(0.3) = 0.9553364891..., sin(0.3) = 0.2955202066...; times 65536: 62608.93 and 19367.21.
  const GlyphTransform t = split(font_matrix(0.5, 0.3, false), 64);
  EXPECT_EQ(t.rest.xx, 62608);
  EXPECT_EQ(t.rest.xy, 19367);
  EXPECT_EQ(t.rest.yx, -19367);
}

TEST(GlyphTransform, CharacterSizesAreAtLeastOnePixel) {
  const GlyphTransform t = split(font_matrix(1e-3, 0.0, false), 64);
  EXPECT_EQ(t.x_26_6, 64);
  EXPECT_EQ(t.y_26_6, 64);
}

TEST(GlyphTransform, TranslationMovesBetweenTheEdges) {
  const GlyphTransform t = split(font_matrix(0.5, 0.0, false), 64);
  const GlyphBox box{0, 16 * 64, 16 * 64, 16 * 64};  // 16 x 16 pixels above the baseline.
  const auto extent = [&](double x, double y) { return place(t, box, {x, y}, 64, kFar).extent; };
  EXPECT_EQ(extent(-1.0, -1.0), (PixelBox{0, 16, 0, 16}));
  EXPECT_EQ(extent(1.0, 1.0), (PixelBox{48, 64, 48, 64}));
  EXPECT_EQ(extent(0.0, 0.0), (PixelBox{24, 40, 24, 40}));
  EXPECT_EQ(place(t, box, {0.0, 0.0}, 64, kFar).x, 24);
  EXPECT_EQ(place(t, box, {0.0, 0.0}, 64, kFar).y, 40);  // The baseline, below the box.
}

TEST(GlyphTransform, ReachIsAroundTheOrigin) {
  const GlyphTransform t = split(font_matrix(0.5, 0.0, false), 64);
  const GlyphBox box{0, 16 * 64, 16 * 64, 16 * 64};
  EXPECT_EQ(place(t, box, {0.0, 0.0}, 64, 10.25).reach, (PixelBox{13, 35, 29, 51}));
  EXPECT_EQ(intersection(place(t, box, {0.0, 0.0}, 64, kFar).reach, {0, 64, 0, 64}),
            (PixelBox{0, 64, 0, 64}));
}

}  // namespace
}  // namespace af::fonts

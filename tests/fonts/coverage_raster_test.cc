#include "fonts/coverage_raster.h"

#include <ft2build.h>
#include <gtest/gtest.h>
#include FT_OUTLINE_H

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/errors.h"
#include "core/random.h"
#include "fonts/face.h"
#include "fonts/font_catalogue.h"
#include "fonts/shaped_outline.h"

/// FreeType's own rasterizer is the oracle.
namespace af::fonts {
namespace {

constexpr std::uint8_t kOn = 1;
constexpr std::uint8_t kConic = 0;
constexpr std::uint8_t kCubic = 2;

/// An outline in the types of both.
struct Outline {
  std::vector<OutlinePoint> points;
  std::vector<std::uint8_t> tags;
  std::vector<std::int16_t> ends;
  std::int32_t flags = 0;

  void add(std::uint8_t tag, std::int32_t x, std::int32_t y) {
    points.push_back({x, y});
    tags.push_back(tag);
  }
  void end_contour() { ends.push_back(static_cast<std::int16_t>(points.size() - 1)); }
  [[nodiscard]] OutlineView view() const { return {{}, flags, points, tags, ends}; }
};

class CoverageRasterTest : public testing::Test {
 protected:
  std::vector<std::uint8_t> with_freetype(const OutlineView& outline, int width, int height) {
    std::vector<FT_Vector> points;
    for (const OutlinePoint& p : outline.points) points.push_back({p.x, p.y});
    std::vector<std::remove_pointer_t<decltype(FT_Outline::tags)>> tags(outline.tags.begin(),
                                                                        outline.tags.end());
    std::vector<std::remove_pointer_t<decltype(FT_Outline::contours)>> ends(
        outline.contour_ends.begin(), outline.contour_ends.end());
    FT_Outline all{};
    all.n_points = static_cast<decltype(all.n_points)>(points.size());
    all.n_contours = static_cast<decltype(all.n_contours)>(ends.size());
    all.points = points.data();
    all.tags = tags.data();
    all.contours = ends.data();
    all.flags = outline.flags;
    std::vector<std::uint8_t> coverage(static_cast<std::size_t>(width) *
                                       static_cast<std::size_t>(height));
    FT_Bitmap bitmap{};
    bitmap.rows = static_cast<unsigned>(height);
    bitmap.width = static_cast<unsigned>(width);
    bitmap.pitch = width;
    bitmap.buffer = coverage.data();
    bitmap.num_grays = 256;
    bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
    EXPECT_EQ(FT_Outline_Get_Bitmap(library_.get(), &all, &bitmap), 0);
    return coverage;
  }

  [[nodiscard]] bool agrees(const OutlineView& outline, int width, int height) {
    return std::ranges::equal(ours_.fill(outline, width, height),
                              with_freetype(outline, width, height));
  }

  FreeTypeLibrary library_ = start_freetype();
  CoverageRaster ours_;
};

/// What a face draws for a character at a random size and slant, moved to its own box.
ShapedOutline random_glyph(FT_Face face, FT_UInt glyph, Stream& stream) {
  FT_Set_Char_Size(face, 0, stream.below(6000) + 300, 72, 72);
  ShapedOutline shaped;
  if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return shaped;
  if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return shaped;
  Outline loaded;
  const FT_Outline& from = face->glyph->outline;
  for (int i = 0; i < from.n_points; ++i) {
    loaded.add(static_cast<std::uint8_t>(from.tags[i]), static_cast<std::int32_t>(from.points[i].x),
               static_cast<std::int32_t>(from.points[i].y));
  }
  loaded.ends.assign(from.contours, from.contours + from.n_contours);
  loaded.flags = from.flags;
  const auto entry = [&] { return static_cast<std::int32_t>(stream.below(140000)) - 70000; };
  if (stream.below(4) == 0) {
    shaped.assign(loaded.view());
  } else {
    shaped.assign(loaded.view(), {entry(), entry(), entry(), entry()});
  }
  return shaped;
}

TEST_F(CoverageRasterTest, FillsEveryInstalledFaceAsFreeTypeDoes) {
  constexpr FT_UInt kGlyphs = 5;
  const FontCatalogue installed;
  Stream stream(1, Purpose::kTest, 0);
  std::size_t filled = 0;
  for (const ListedFace& listed : installed.faces()) {
    Face face(library_.get(), listed.file);
    const auto glyphs = static_cast<FT_UInt>(face.handle()->num_glyphs);
    for (FT_UInt i = 0; i < kGlyphs; ++i) {
      ShapedOutline shaped = random_glyph(face.handle(), stream.below(glyphs), stream);
      const PixelBox box = shaped.box();
      if (box.empty()) continue;
      shaped.move(-box.first_column, -box.first_row);
      ASSERT_TRUE(
          agrees(shaped.view(), box.last_column - box.first_column, box.last_row - box.first_row))
          << listed.file.name();
      ++filled;
    }
  }
  EXPECT_GT(filled, installed.faces().size());
}

/// A contour that begins on the curve or not, with points on the pixels' borders and corners more
/// often than elsewhere.
void add_contour(Outline& outline, std::uint32_t side_26_6, Stream& stream) {
  const std::uint32_t grid = std::vector{1U, 8U, 32U, 64U}[stream.below(4)];
  const auto add = [&](std::uint8_t tag) {
    const auto x = static_cast<std::int32_t>(stream.below(side_26_6 / grid + 1) * grid);
    const auto y = static_cast<std::int32_t>(stream.below(side_26_6 / grid + 1) * grid);
    outline.add(tag, x, y);
  };
  const bool cubics = stream.below(3) == 0;
  const std::uint32_t pieces = stream.below(6) + 1;
  if (cubics || stream.below(2) == 0) add(kOn);
  for (std::uint32_t i = 0; i < pieces; ++i) {
    if (stream.below(3) == 0) {
      add(kOn);
    } else if (cubics) {
      add(kCubic);
      add(kCubic);
      if (i + 1 < pieces || stream.below(2) == 0) add(kOn);
    } else {
      add(kConic);
    }
  }
  outline.end_contour();
}

TEST_F(CoverageRasterTest, FillsRandomOutlinesAsFreeTypeDoes) {
  constexpr int kSide = 12;
  Stream stream(1, Purpose::kTest, 1);
  for (int i = 0; i < 30000; ++i) {
    Outline outline;
    outline.flags = stream.below(2) == 0 ? FT_OUTLINE_NONE : FT_OUTLINE_EVEN_ODD_FILL;
    for (std::uint32_t n = stream.below(3) + 1; n > 0; --n) {
      add_contour(outline, kSide * 64, stream);
    }
    ASSERT_TRUE(agrees(outline.view(), kSide, kSide)) << "outline " << i;
  }
}

TEST_F(CoverageRasterTest, FillsLargeOutlinesBandByBand) {
  Stream stream(1, Purpose::kTest, 2);
  for (const int side : {200, 700, 1500, 4000}) {
    Outline outline;
    for (int n = 0; n < 3; ++n) add_contour(outline, static_cast<std::uint32_t>(side) * 64, stream);
    EXPECT_TRUE(agrees(outline.view(), side, side)) << side;
  }
}

TEST_F(CoverageRasterTest, KeepsNothingOfWhatItFilledBefore) {
  Stream stream(1, Purpose::kTest, 3);
  for (int i = 0; i < 200; ++i) {
    const int side = 2 + static_cast<int>(stream.below(60));
    Outline outline;
    add_contour(outline, static_cast<std::uint32_t>(side) * 64, stream);
    ASSERT_TRUE(agrees(outline.view(), side, side));
  }
}

TEST_F(CoverageRasterTest, RefusesWhatIsNoOutline) {
  Outline starts_with_cubic;
  for (int i = 0; i < 3; ++i) starts_with_cubic.add(kCubic, 64 * i, 64);
  starts_with_cubic.end_contour();
  EXPECT_THROW(ours_.fill(starts_with_cubic.view(), 2, 2), InputError);

  Outline lone_cubic;
  lone_cubic.add(kOn, 0, 0);
  lone_cubic.add(kCubic, 64, 64);
  lone_cubic.add(kOn, 128, 0);
  lone_cubic.end_contour();
  EXPECT_THROW(ours_.fill(lone_cubic.view(), 2, 2), InputError);

  Outline mixed;
  mixed.add(kOn, 0, 0);
  mixed.add(kConic, 64, 64);
  mixed.add(kCubic, 128, 0);
  mixed.end_contour();
  EXPECT_THROW(ours_.fill(mixed.view(), 2, 2), InputError);

  Outline beyond;
  beyond.add(kOn, 0, 0);
  beyond.ends = {3};
  EXPECT_THROW(ours_.fill(beyond.view(), 2, 2), InputError);
  beyond.ends = {-1};
  EXPECT_THROW(ours_.fill(beyond.view(), 2, 2), InputError);
}

}  // namespace
}  // namespace af::fonts

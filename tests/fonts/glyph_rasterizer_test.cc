#include "fonts/glyph_rasterizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <thread>
#include <vector>

#include "core/errors.h"
#include "core/random.h"
#include "fonts/font_catalogue.h"

namespace af::fonts {
namespace {

constexpr int kResolution = 64;

std::vector<FaceFile> dejavu() {
  const FontCatalogue fonts;
  return {fonts.resolve("DejaVu Sans", Weight::kNormal),
          fonts.resolve("DejaVu Serif", Weight::kBold),
          fonts.resolve("DejaVu Sans Mono", Weight::kNormal)};
}

/// A pose drawn as Synbols draws it; every fourth is upright, which takes another way.
GlyphPose random_pose(Stream& stream) {
  GlyphPose pose;
  pose.scale = stream.uniform(0.1, 1.2);
  pose.rotation_rad = stream.below(4) == 0 ? 0.0 : stream.uniform(-3.2, 3.2);
  pose.slanted = stream.below(2) == 1;
  pose.translation = {stream.uniform(-1.5, 1.5), stream.uniform(-1.5, 1.5)};
  return pose;
}

void expect_equal(const GlyphBitmap& a, const GlyphBitmap& b) {
  ASSERT_EQ(a.left, b.left);
  ASSERT_EQ(a.top, b.top);
  ASSERT_EQ(a.width, b.width);
  ASSERT_EQ(a.height, b.height);
  ASSERT_TRUE(std::ranges::equal(a.coverage, b.coverage));
}

/// Draws the same random glyphs from a cache of the given size and from none.
GlyphCacheStatistics compare_with_uncached(std::size_t cache_bytes, int draws) {
  const std::vector<FaceFile> faces = dejavu();
  GlyphRasterizer cached(faces, cache_bytes);
  cached.expect(std::array{U'a', U'd', U'鱼'});  // The last is in none of them.
  GlyphRasterizer uncached(faces, 0);
  Stream stream(1, Purpose::kTest, 0);
  for (int i = 0; i < draws; ++i) {
    const std::size_t face = stream.below(3);
    const char32_t character = U"adgm&"[stream.below(5)];
    const GlyphPose pose = random_pose(stream);
    expect_equal(cached.draw(face, character, pose, kResolution),
                 uncached.draw(face, character, pose, kResolution));
  }
  return cached.cache_statistics();
}

TEST(GlyphRasterizer, CachedOutlinesGiveTheSamePixels) {
  const GlyphCacheStatistics statistics =
      compare_with_uncached(GlyphRasterizer::kDefaultCacheBytes, 4000);
  EXPECT_GT(statistics.hits, 100U);
  EXPECT_GT(statistics.misses, 100U);
  EXPECT_GT(statistics.bypassed, 100U);
}

/// Sizes prepared for 2,000 random poses of two characters.
std::uint64_t misses(std::span<const char32_t> expected) {
  GlyphRasterizer glyphs(dejavu());
  glyphs.expect(expected);
  Stream stream(2, Purpose::kTest, 0);
  for (int i = 0; i < 2000; ++i) {
    const char32_t character = U"ad"[stream.below(2)];
    (void)glyphs.draw(0, character, random_pose(stream), kResolution);
  }
  return glyphs.cache_statistics().misses;
}

TEST(GlyphRasterizer, ExpectedCharactersAreHintedTogether) {
  EXPECT_LT(misses(std::array{U'a', U'd'}), misses({}) * 9 / 10);
}

TEST(GlyphRasterizer, OutlinesThatWereForgottenGiveTheSamePixels) {
  EXPECT_GT(compare_with_uncached(8192, 2000).misses, 1000U);
}

TEST(GlyphRasterizer, SiblingsPrepareASizeOnceForAll) {
  GlyphRasterizer first(dejavu());
  GlyphRasterizer second = first.sibling();
  for (GlyphRasterizer* glyphs : {&first, &second}) {
    Stream stream(3, Purpose::kTest, 0);
    for (int i = 0; i < 200; ++i) (void)glyphs->draw(0, U'a', random_pose(stream), kResolution);
  }
  EXPECT_GT(first.cache_statistics().misses, 100U);
  EXPECT_EQ(second.cache_statistics().misses, 0U);
}

TEST(GlyphRasterizer, SiblingsOnSeveralThreadsDrawTheSamePixels) {
  const std::vector<FaceFile> faces = dejavu();
  // So little is kept that they keep overwriting each other's outlines.
  const GlyphRasterizer first(faces, 16384);
  std::vector<std::jthread> threads;
  for (std::uint64_t number = 0; number < 4; ++number) {
    threads.emplace_back([&faces, number, glyphs = first.sibling()]() mutable {
      GlyphRasterizer uncached(faces, 0);
      Stream stream(4, Purpose::kTest, number % 2);
      for (int i = 0; i < 500; ++i) {
        const GlyphPose pose = random_pose(stream);
        expect_equal(glyphs.draw(1, U'd', pose, kResolution),
                     uncached.draw(1, U'd', pose, kResolution));
      }
    });
  }
}

TEST(GlyphRasterizer, DrawsWhatItDrewBeforeWhateverCameBetween) {
  const std::vector<FaceFile> faces = dejavu();
  GlyphRasterizer glyphs(faces);
  const GlyphPose pose{0.6, 0.2, true, {0.0, 0.0}};
  GlyphBitmap first = glyphs.draw(0, U'a', pose, kResolution);
  const std::vector<std::uint8_t> kept(first.coverage.begin(), first.coverage.end());
  first.coverage = kept;
  (void)glyphs.draw(1, U'd', {0.9, 1.0, false, {0.5, 0.5}}, 128);
  (void)glyphs.draw(0, U'a', {0.3, 0.0, false, {0.5, 0.5}}, 32);
  expect_equal(glyphs.draw(0, U'a', pose, kResolution), first);
}

TEST(GlyphRasterizer, ScaleIsTheLongerSideOfTheUprightGlyph) {
  GlyphRasterizer glyphs(dejavu());
  const GlyphBitmap bitmap = glyphs.draw(0, U'd', {1.0, 0.0, false, {0.0, 0.0}}, kResolution);
  EXPECT_NEAR(std::max(bitmap.width, bitmap.height), kResolution, 2);
}

TEST(GlyphRasterizer, GlyphOutsideTheImageHasNoCoverage) {
  GlyphRasterizer glyphs(dejavu());
  const GlyphBitmap bitmap = glyphs.draw(0, U'a', {0.5, 0.3, false, {10.0, 0.0}}, kResolution);
  EXPECT_TRUE(bitmap.coverage.empty());
}

TEST(GlyphRasterizer, BlankGlyphHasNoCoverage) {
  GlyphRasterizer glyphs(dejavu());
  EXPECT_TRUE(glyphs.draw(0, U' ', {0.5, 0.3, false, {0.0, 0.0}}, kResolution).coverage.empty());
}

TEST(GlyphRasterizer, KnowsWhichCharactersAFaceHas) {
  GlyphRasterizer glyphs(dejavu());
  EXPECT_TRUE(glyphs.has(0, U'■'));
  EXPECT_FALSE(glyphs.has(0, U'鱼'));
}

TEST(GlyphRasterizer, RefusesWhatIsNoFont) {
  const std::vector<FaceFile> faces{{AF_SOURCE_DIR "/CMakeLists.txt", 0}};
  GlyphRasterizer glyphs(faces);
  EXPECT_THROW((void)glyphs.has(0, U'a'), InputError);
}

TEST(GlyphRasterizer, RefusesGlyphsThatNoImageCouldNeed) {
  GlyphRasterizer glyphs(dejavu());
  EXPECT_THROW((void)glyphs.draw(0, U'a', {20.0, 0.3, false, {0.0, 0.0}}, 2048), InputError);
}

}  // namespace
}  // namespace af::fonts

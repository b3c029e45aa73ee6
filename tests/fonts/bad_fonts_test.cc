#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>

#include "core/errors.h"
#include "fonts/face_check.h"
#include "fonts/font_catalogue.h"
#include "fonts/glyph_rasterizer.h"
#include "tests/fonts/mutated_fonts.h"
#include "tests/support/program.h"

/// Fonts that are damaged: an error or a reason, in bounded time and memory, never a crash.
namespace af::fonts {
namespace {

constexpr std::size_t kCount = 200;
constexpr GlyphPose kPoses[]{{0.6, 0.0, false, {}}, {0.5, 0.4, true, {0.3, -0.3}}};

/// Draws in ways that images are drawn in. True if anything could be drawn.
bool draw(const FaceFile& file) {
  bool drawn = false;
  for (const char32_t c : std::u32string(U"adgß■அ")) {
    for (const GlyphPose& pose : kPoses) {
      try {
        GlyphRasterizer rasterizer(std::span(&file, 1));
        if (!rasterizer.has(0, c)) continue;
        (void)rasterizer.draw(0, c, pose, 64);
        drawn = true;
      } catch (const InputError& error) {
        EXPECT_STRNE(error.what(), "");
      }
    }
  }
  return drawn;
}

/// In KiB, of the whole process so far.
long peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(BadFonts, AreCheckedAndDrawnOrRefused) {
  const test::TempDir folder;
  const FontCatalogue installed;
  const std::vector<FaceFile> readable{installed.resolve("DejaVu Sans", Weight::kNormal)};
  const FaceChecker checker(readable);
  const std::vector<test::MutatedFont> fonts = test::mutated_fonts(kCount);
  ASSERT_EQ(fonts.size(), kCount);
  const long before = peak_memory();
  int left_out = 0;
  int drawn = 0;
  for (const test::MutatedFont& font : fonts) {
    SCOPED_TRACE(font.name);
    const FaceFile file{folder / font.name, 0};
    test::write_bytes(file.path, font.bytes);
    const auto begin = std::chrono::steady_clock::now();
    const FaceCheck check = checker.check(file);
    left_out += check.left_out.empty() ? 0 : 1;
    drawn += draw(file) ? 1 : 0;
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took, std::chrono::seconds(60));
  }
  // Damage is real, and not total: otherwise the test would show nothing.
  EXPECT_GT(left_out, 50);
  EXPECT_GT(drawn, 50);
#ifndef __SANITIZE_ADDRESS__
  EXPECT_LT(peak_memory() - before, 300 * 1024);
#endif
}

TEST(BadFonts, OfAFolderAreListedOrNamedAsUnreadable) {
  const test::TempDir folder;
  for (const test::MutatedFont& font : test::mutated_fonts(kCount)) {
    test::write_bytes(folder / font.name, font.bytes);
  }
  const std::vector<std::string> folders{folder.path().string()};
  const FontCatalogue catalogue(folders);
  std::size_t told = catalogue.unreadable().size();
  for (const ListedFace& face : catalogue.faces()) {
    if (face.file.index == 0 && face.file.path.string().starts_with(folders[0])) ++told;
  }
  EXPECT_EQ(told, kCount);
}

}  // namespace
}  // namespace af::fonts

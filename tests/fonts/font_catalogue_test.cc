#include "fonts/font_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::fonts {
namespace {

using testing::HasSubstr;

TEST(FontCatalogue, ResolvesFamiliesAsCairoDoes) {
  const FontCatalogue fonts;
  // The families and files of the rows that Synbols drew (tests/golden).
  EXPECT_EQ(fonts.resolve("DejaVu Sans", Weight::kNormal).name(), "DejaVuSans.ttf");
  EXPECT_EQ(fonts.resolve("DejaVu Sans", Weight::kBold).name(), "DejaVuSans-Bold.ttf");
  EXPECT_EQ(fonts.resolve("DejaVu Serif", Weight::kNormal).name(), "DejaVuSerif.ttf");
  EXPECT_EQ(fonts.resolve("DejaVu Sans Mono", Weight::kBold).name(), "DejaVuSansMono-Bold.ttf");
  EXPECT_EQ(fonts.resolve("DejaVu Sans Condensed", Weight::kNormal).name(),
            "DejaVuSansCondensed.ttf");
  EXPECT_EQ(fonts.resolve("DejaVu Serif Condensed", Weight::kBold).name(),
            "DejaVuSerifCondensed-Bold.ttf");
}

TEST(FontCatalogue, ThickensTheFacesOfFamiliesWithoutABoldOne) {
  const FontCatalogue fonts;
  const FaceFile bold = fonts.resolve("OCRA", Weight::kBold);
  EXPECT_TRUE(bold.emboldened);
  EXPECT_EQ(bold.name(), "OCRA.ttf+bold");
  EXPECT_FALSE(fonts.resolve("OCRA", Weight::kNormal).emboldened);
  EXPECT_EQ(fonts.by_file_name("OCRA.ttf+bold"), bold);
  EXPECT_EQ(fonts.by_file_name("OCRA.ttf", Weight::kBold), bold);
  EXPECT_FALSE(fonts.by_file_name("OCRA.ttf").emboldened);
  // A bold face is bold enough.
  EXPECT_FALSE(fonts.resolve("DejaVu Sans", Weight::kBold).emboldened);
  EXPECT_FALSE(fonts.by_file_name("DejaVuSans-Bold.ttf", Weight::kBold).emboldened);
}

/// fontconfig has a rule for it, which comes with its package.
TEST(FontCatalogue, HintsNoFaceThatARuleExempts) {
  const FontCatalogue fonts;
  const FaceFile face = fonts.resolve("WenQuanYi Micro Hei", Weight::kBold);
  EXPECT_EQ(face.name(), "wqy-microhei.ttc+unhinted+bold");
  EXPECT_EQ(fonts.by_file_name(face.name()), face);
  EXPECT_EQ(fonts.by_file_name("wqy-microhei.ttc", Weight::kBold), face);
  // What a data set was made with does not depend on the rules where it is looked at.
  EXPECT_FALSE(fonts.by_file_name("wqy-microhei.ttc").unhinted);
  // The rule is for one face of the collection, and may be followed where it is not known.
  EXPECT_FALSE(fonts.resolve("WenQuanYi Micro Hei Mono", Weight::kNormal).unhinted);
  EXPECT_TRUE(fonts.by_file_name("DejaVuSans.ttf+unhinted").unhinted);
  EXPECT_FALSE(fonts.by_file_name("DejaVuSans.ttf").unhinted);
}

TEST(FontCatalogue, IgnoresCaseInFamilyNames) {
  const FontCatalogue fonts;
  EXPECT_EQ(fonts.resolve("dejavu sans", Weight::kNormal).name(), "DejaVuSans.ttf");
}

TEST(FontCatalogue, NamesTheNearestFamilyOfAnUnknownOne) {
  const FontCatalogue fonts;
  const std::string refused =
      test::refusal<ConfigError>([&] { return fonts.resolve("DejaVu Sanz", Weight::kNormal); });
  EXPECT_THAT(refused, HasSubstr("'DejaVu Sanz'"));
  EXPECT_THAT(refused, HasSubstr("DejaVu Sans"));
}

TEST(FontCatalogue, FindsAFaceByItsFileName) {
  const FontCatalogue fonts;
  EXPECT_EQ(fonts.by_file_name("DejaVuSans.ttf"), fonts.resolve("DejaVu Sans", Weight::kNormal));
  EXPECT_THROW((void)fonts.by_file_name("NoSuchFont.ttf"), InputError);
}

TEST(FontCatalogue, ListsEachFaceOnce) {
  const FontCatalogue fonts;
  std::set<std::string> places;
  for (const ListedFace& face : fonts.faces()) {
    EXPECT_TRUE(places.insert(face.file.path.string() + std::to_string(face.file.index)).second);
    EXPECT_FALSE(face.family.empty()) << face.file.path;
  }
  EXPECT_GE(places.size(), 20U);
}

TEST(FontCatalogue, FindsTheFontsOfAFolder) {
  const test::TempDir folder;
  const FaceFile installed = FontCatalogue().resolve("DejaVu Sans", Weight::kNormal);
  std::filesystem::create_directory(folder / "below");
  std::filesystem::copy_file(installed.path, folder / "below/Mine.TTF");
  test::write_bytes(folder / "broken.otf", "no font");
  test::write_bytes(folder / "README", "not named like one");
  const std::vector<std::string> folders{folder.path().string()};
  const FontCatalogue fonts(folders);
  EXPECT_EQ(fonts.by_file_name("Mine.TTF").path, folder / "below/Mine.TTF");
  EXPECT_EQ(fonts.unreadable(), std::vector<std::filesystem::path>{folder / "broken.otf"});
}

TEST(FontCatalogue, NamesWhatItCouldNotReadWhenAFamilyIsMissing) {
  const test::TempDir folder;
  for (const char* name : {"a.ttf", "b.ttf", "c.ttf"}) {
    test::write_bytes(folder / name, "no font");
  }
  const FontCatalogue fonts(std::vector<std::string>{folder.path().string()});
  EXPECT_THAT(
      test::refusal<ConfigError>([&] { return fonts.resolve("Person Sans", Weight::kNormal); }),
      HasSubstr("; " + (folder / "a.ttf") + " cannot be read as a font (nor can 2 more)"));
}

TEST(FontCatalogue, RefusesAFolderWithoutFonts) {
  const test::TempDir folder;
  const auto add = [](const std::string& path) {
    return FontCatalogue(std::vector<std::string>{path});
  };
  EXPECT_THROW((void)add(folder.path().string()), InputError);
  EXPECT_THROW((void)add(folder / "missing"), InputError);
  test::write_bytes(folder / "file.ttf", "no folder");
  EXPECT_THROW((void)add(folder / "file.ttf"), InputError);
}

}  // namespace
}  // namespace af::fonts

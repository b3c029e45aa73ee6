#include "fonts/font_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"

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

TEST(FontCatalogue, IgnoresCaseInFamilyNames) {
  const FontCatalogue fonts;
  EXPECT_EQ(fonts.resolve("dejavu sans", Weight::kNormal).name(), "DejaVuSans.ttf");
}

TEST(FontCatalogue, NamesTheNearestFamilyOfAnUnknownOne) {
  const FontCatalogue fonts;
  try {
    (void)fonts.resolve("DejaVu Sanz", Weight::kNormal);
    FAIL() << "expected a ConfigError";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("'DejaVu Sanz'"));
    EXPECT_THAT(error.what(), HasSubstr("DejaVu Sans"));
  }
}

TEST(FontCatalogue, FindsAFaceByItsFileName) {
  const FontCatalogue fonts;
  EXPECT_EQ(fonts.by_file_name("DejaVuSans.ttf"), fonts.resolve("DejaVu Sans", Weight::kNormal));
  EXPECT_THROW((void)fonts.by_file_name("NoSuchFont.ttf"), InputError);
}

}  // namespace
}  // namespace af::fonts

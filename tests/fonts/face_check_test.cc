#include "fonts/face_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/errors.h"
#include "fonts/alphabet.h"
#include "fonts/font_catalogue.h"
#include "tests/fonts/edited_font.h"
#include "tests/support/program.h"

/// Faces that draw the right thing, and fonts edited so that each draws one wrong thing.
namespace af::fonts {
namespace {

using test::EditedFont;
using test::TempDir;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

FaceFile installed(const std::string& family) {
  return FontCatalogue().resolve(family, Weight::kNormal);
}

std::vector<FaceFile> readable() { return {installed("DejaVu Sans"), installed("DejaVu Serif")}; }

FaceCheck check(const FaceFile& file) { return FaceChecker(readable()).check(file); }

class EditedFace : public testing::Test {
 protected:
  FaceCheck check_edited() {
    test::write_bytes(folder_ / "edited.ttf", font_.bytes());
    return check(file());
  }
  [[nodiscard]] FaceFile file() const { return {folder_ / "edited.ttf", 0}; }
  static std::string refusal(const FaceCheck& check, char32_t character) {
    return check.refusal_of(character).value_or("");
  }

  EditedFont font_{installed("DejaVu Sans").path};
  TempDir folder_;
};

TEST(FaceCheck, FindsWhatAnOrdinaryFaceCovers) {
  const FaceCheck found = check(installed("DejaVu Sans"));
  EXPECT_EQ(found.left_out, "");
  for (const char* language :
       {"english", "german", "vietnamese", "greek", "russian", "armenian", "georgian", "arabic"}) {
    EXPECT_THAT(found.languages, Contains(language));
  }
  EXPECT_THAT(found.languages, Not(Contains("chinese")));
  EXPECT_EQ(found.weight, 400);
  EXPECT_FALSE(found.variable);
  EXPECT_FALSE(found.refusal_of(U'a'));
  EXPECT_EQ(found.refusal_of(U'汉'), "lacks it");
  EXPECT_TRUE(std::ranges::is_sorted(found.drawn));
}

TEST_F(EditedFace, IsAsBeforeIfNothingWasEdited) {
  const FaceCheck before = check(installed("DejaVu Sans"));
  const FaceCheck after = check_edited();
  EXPECT_EQ(after.left_out, "");
  EXPECT_EQ(after.languages, before.languages);
  EXPECT_EQ(after.drawn, before.drawn);
}

TEST_F(EditedFace, RefusesABlankGlyph) {
  font_.draw_as(U'q', U' ');
  const FaceCheck found = check_edited();
  EXPECT_EQ(refusal(found, U'q'), "draws nothing");
  EXPECT_THAT(found.languages, Not(Contains("english")));
  EXPECT_THAT(found.languages, Contains("russian"));
  EXPECT_EQ(why_not_drawn(file(), std::u32string(U"aq")),
            "has the character 'q' (U+0071), but draws nothing");
  EXPECT_EQ(why_not_drawn(file(), std::u32string(U"ab")), std::nullopt);
}

TEST_F(EditedFace, RefusesTheGlyphOfMissingCharacters) {
  font_.draw_as_missing(U'q');
  EXPECT_EQ(refusal(check_edited(), U'q'), "draws it like a missing character");
}

TEST_F(EditedFace, RefusesALetterWithoutItsMark) {
  font_.draw_as(U'é', U'e');
  const FaceCheck found = check_edited();
  EXPECT_EQ(refusal(found, U'é'), "draws it without its mark");
  EXPECT_EQ(refusal(found, U'e'), "");
  EXPECT_THAT(found.languages, Not(Contains("french")));
  EXPECT_THAT(found.languages, Contains("english"));
}

TEST_F(EditedFace, RefusesOnePictureForManyCharacters) {
  for (const char32_t c : std::u32string(U"бвгджзклмн")) font_.draw_as(c, U'■');
  const FaceCheck found = check_edited();
  EXPECT_EQ(refusal(found, U'б'), "draws it like many other characters");
  EXPECT_THAT(found.languages, Not(Contains("russian")));
}

TEST_F(EditedFace, RefusesLowerCaseDrawnAsCapitals) {
  for (char32_t c = U'a'; c <= U'z'; ++c) font_.draw_as(c, c - U'a' + U'A');
  const FaceCheck found = check_edited();
  EXPECT_EQ(refusal(found, U'b'), "draws it as a capital");
  EXPECT_EQ(refusal(found, U'B'), "");
  EXPECT_THAT(found.languages, Not(Contains("english")));
}

TEST_F(EditedFace, RefusesLettersThatNobodyRecognises) {
  const std::u32string arabic = alphabet("arabic").lower;
  for (char32_t i = 0; i < 26; ++i) {
    font_.draw_as(U'a' + i, arabic[i]);
    font_.draw_as(U'A' + i, arabic[i + 5]);
  }
  EXPECT_EQ(refusal(check_edited(), U'b'), "draws it so that it cannot be recognised");
}

TEST_F(EditedFace, IsLeftOutIfItsGlyphsAreHuge) {
  font_.set_units_per_em(64);
  EXPECT_THAT(check_edited().left_out, HasSubstr("draws it more than eight times the font size"));
}

TEST_F(EditedFace, IsLeftOutIfItSaysThatItHoldsPictures) {
  font_.set_panose_kind(5);
  EXPECT_EQ(check_edited().left_out, "says of itself that it holds pictures");
}

TEST_F(EditedFace, IsLeftOutIfItIsNoFont) {
  test::write_bytes(folder_ / "edited.ttf", "This is no font.\n");
  EXPECT_THAT(check(file()).left_out, HasSubstr("cannot be read as a font"));
  EXPECT_THAT(check({folder_ / "missing.ttf", 0}).left_out, HasSubstr("cannot be read as a font"));
}

/// Faults of fonts as they come, found by looking at what they draw.
TEST(FaceCheck, FindsTheFaultsOfInstalledFonts) {
  EXPECT_EQ(check(installed("Go Smallcaps")).refusal_of(U'a'), "draws it as a capital");
  EXPECT_EQ(check(installed("Palladio Uralic")).refusal_of(U'à'), "draws it without its mark");
  EXPECT_EQ(check(installed("Dustismo")).refusal_of(U'ß'), "draws nothing");
  EXPECT_THAT(check(installed("Lohit Tamil")).languages, Contains("tamil"));
  EXPECT_THAT(check(installed("WenQuanYi Micro Hei")).languages, Contains("chinese"));
  EXPECT_EQ(check(installed("Amiri Quran Colored")).left_out, "has colours of its own");
}

}  // namespace
}  // namespace af::fonts

#include "fonts/characters.h"

#include <gtest/gtest.h>

#include <string>

#include "core/errors.h"

namespace af::fonts {
namespace {

TEST(Characters, DecodesOneToFourBytes) {
  EXPECT_EQ(code_point("a"), U'a');
  EXPECT_EQ(code_point("é"), U'é');
  EXPECT_EQ(code_point("■"), U'■');
  EXPECT_EQ(code_point("𝔞"), U'𝔞');
}

TEST(Characters, RefusesWhatIsNotOneCharacter) {
  EXPECT_FALSE(code_point(""));
  EXPECT_FALSE(code_point("ad"));
  EXPECT_FALSE(code_point("aé"));
}

TEST(Characters, RefusesInvalidUtf8) {
  EXPECT_FALSE(code_point("\xC3"));              // Cut off.
  EXPECT_FALSE(code_point("\xA9"));              // Begins in the middle.
  EXPECT_FALSE(code_point("\xC1\xA1"));          // 'a' in two bytes.
  EXPECT_FALSE(code_point("\xED\xA0\x80"));      // Half of a surrogate pair.
  EXPECT_FALSE(code_point("\xF4\x90\x80\x80"));  // Beyond Unicode.
}

TEST(Characters, MakeUpATextInUtf8) {
  EXPECT_EQ(code_points("aé■𝔞"), U"aé■𝔞");
  EXPECT_EQ(code_points(""), U"");
  EXPECT_THROW((void)code_points("a\xC3"), InputError);
  for (const char32_t c : std::u32string(U"aé■𝔞")) EXPECT_EQ(code_point(to_utf8(c)), c);
}

TEST(Characters, AreNamedWithTheirCodePoint) {
  EXPECT_EQ(named(U'a'), "'a' (U+0061)");
  EXPECT_EQ(named(U'■'), "'■' (U+25A0)");
  EXPECT_EQ(named(U'𝔞'), "'𝔞' (U+1D51E)");
}

}  // namespace
}  // namespace af::fonts

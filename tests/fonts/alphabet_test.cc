#include "fonts/alphabet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/errors.h"
#include "fonts/data_rows.h"
#include "tests/support/refusal.h"

namespace af::fonts {
namespace {

using testing::HasSubstr;

/// Expected values: the languages' own alphabets, as any dictionary has them.
TEST(Alphabet, HoldsTheLettersOfALanguageInOrder) {
  EXPECT_EQ(alphabet("english").lower, U"abcdefghijklmnopqrstuvwxyz");
  EXPECT_EQ(alphabet("english").upper, U"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  EXPECT_EQ(alphabet("russian").lower, U"абвгдеёжзийклмнопрстуфхцчшщъыьэюя");
  EXPECT_EQ(alphabet("turkish").lower, U"abcçdefgğhıijklmnoöprsştuüvyz");
  EXPECT_EQ(alphabet("turkish").upper, U"ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ");
  EXPECT_EQ(alphabet("hebrew").lower, U"אבגדהוזחטיכךלמםנןסעפףצץקרשת");
  EXPECT_EQ(alphabet("georgian").lower, U"აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ");
  EXPECT_EQ(alphabet("georgian").upper, U"");
}

TEST(Alphabet, LeavesOutWhatIsNoLetterOnItsOwn) {
  const std::u32string& hindi = alphabet("hindi").lower;
  EXPECT_NE(hindi.find(U'क'), std::u32string::npos);
  EXPECT_EQ(hindi.find(U'\u093F'), std::u32string::npos) << "a vowel sign";
  EXPECT_EQ(alphabet("arabic").lower.find(U'\u064B'), std::u32string::npos) << "a vowel mark";
}

TEST(Alphabet, KnowsCommonHanAndHangulAndKana) {
  EXPECT_EQ(alphabet("korean").lower.size(), 2350U);
  EXPECT_EQ(alphabet("korean").lower.front(), U'가');
  EXPECT_GT(alphabet("chinese").lower.size(), 2000U);
  EXPECT_NE(alphabet("chinese").lower.find(U'汉'), std::u32string::npos);
  EXPECT_NE(alphabet("chinese-traditional").lower.find(U'漢'), std::u32string::npos);
  EXPECT_EQ(alphabet("hiragana").lower.size(), 83U);
}

TEST(Alphabet, IsFoundByNameOrTagInAnyCase) {
  EXPECT_EQ(&alphabet("de"), &alphabet("German"));
  EXPECT_EQ(&alphabet("ZH-hant"), &alphabet("chinese-traditional"));
}

TEST(Alphabet, NamesTheNearestLanguageOfAnUnknownOne) {
  const std::string refused = test::refusal<ConfigError>([&] { return alphabet("germn"); });
  EXPECT_THAT(refused, HasSubstr("'germn'"));
  EXPECT_THAT(refused, HasSubstr("did you mean 'german'?"));
}

TEST(Alphabet, CoversMoreThanTwentyScripts) {
  std::set<std::string> scripts;
  for (const Alphabet& one : alphabets()) scripts.insert(one.script);
  EXPECT_GE(alphabets().size(), 150U);
  EXPECT_GE(scripts.size(), 20U);
}

TEST(Alphabet, GroupsShareNoLetterAndRepeatNone) {
  for (const Alphabet& one : alphabets()) {
    const std::u32string all =
        one.lower + one.upper + one.auxiliary_lower + one.auxiliary_upper + one.digits;
    EXPECT_EQ(std::set<char32_t>(all.begin(), all.end()).size(), all.size()) << one.name;
    EXPECT_FALSE(one.lower.empty()) << one.name;
  }
}

TEST(Alphabet, GivesTheGroupsThatAreAskedFor) {
  const Alphabet& german = alphabet("german");
  EXPECT_EQ(letters(german, std::vector<std::string>{"upper", "digits"}),
            german.upper + german.digits);
  EXPECT_EQ(letters(german, std::vector<std::string>{"lower", "auxiliary"}),
            german.lower + german.auxiliary_lower);
  EXPECT_THROW((void)letters(german, std::vector<std::string>{"uper"}), ConfigError);
  EXPECT_THROW((void)letters(alphabet("hebrew"), std::vector<std::string>{"upper"}), ConfigError);
}

TEST(Accents, NameTheLetterBelow) {
  std::map<std::string_view, std::string_view> base;
  for (const auto& row : data_rows(data_file("accents"), 2)) base[row[0]] = row[1];
  EXPECT_EQ(base["é"], "e");
  EXPECT_EQ(base["ế"], "e");
  EXPECT_EQ(base["й"], "и");
  EXPECT_EQ(base["が"], "か");
  EXPECT_FALSE(base.contains("가"));
}

}  // namespace
}  // namespace af::fonts

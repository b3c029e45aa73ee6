#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/dataset_reader.h"
#include "tests/apps/afgen_command.h"
#include "tests/fonts/edited_font.h"
#include "tests/fonts/mutated_fonts.h"
#include "tests/support/program.h"

/// `afgen fonts` on the fonts that ./dev installs (setup/debian-fonts.txt).
namespace af {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::Outcome;
using test::TempDir;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kDejaVu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

Outcome afgen(std::vector<std::string> arguments) {
  // Kept beside the build: to examine all fonts takes seconds, and is done for other tests, too.
  ::setenv("XDG_CACHE_HOME", AF_BIN_DIR "/../tests/cache", 1);
  return test::afgen(std::move(arguments));
}

Json json_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "fonts");
  arguments.emplace_back("--json");
  const Outcome outcome = afgen(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return Json::parse(outcome.out, nullptr, false);
}

TEST(AfgenFonts, ListsTheDefaultSet) {
  const Json faces = json_of({}).at("faces");
  std::set<std::string> families;
  std::set<std::string> languages;
  for (const Json& face : faces) {
    families.insert(face.at("family"));
    for (const Json& language : face.at("languages")) languages.insert(language);
    EXPECT_EQ(face.at("sha256").get<std::string>().size(), 64U);
    EXPECT_TRUE(fs::exists(face.at("file").get<std::string>()));
    EXPECT_FALSE(face.at("languages").empty());
  }
  EXPECT_GE(faces.size(), 400U);
  EXPECT_GE(families.size(), 100U);
  for (const char* language :
       {"english",   "french",     "german",   "spanish", "polish",
        "turkish",   "vietnamese", "greek",    "russian", "hebrew",
        "ukrainian", "armenian",   "georgian", "arabic",  "hindi",
        "bengali",   "tamil",      "telugu",   "thai",    "korean",
        "hiragana",  "katakana",   "japanese", "chinese", "chinese-traditional"}) {
    EXPECT_TRUE(languages.contains(language)) << language;
  }
}

TEST(AfgenFonts, GivesTheFieldsOfAFace) {
  const Json faces = json_of({"--fonts", "DejaVu Sans Mono"}).at("faces");
  ASSERT_EQ(faces.size(), 4U);
  const Json& bold = faces.at(0);
  EXPECT_EQ(bold.at("style"), "Bold");
  EXPECT_EQ(bold.at("weight"), 700);
  EXPECT_EQ(bold.at("slant"), "roman");
  EXPECT_EQ(bold.at("variable"), false);
  EXPECT_EQ(bold.at("package"), "fonts-dejavu-core");
  EXPECT_EQ(bold.at("licence_source"), "package");
}

TEST(AfgenFonts, FiltersByPatternAndLanguage) {
  const Json greek = json_of({"--fonts", "dejavu*,Jura", "--language", "greek"}).at("faces");
  EXPECT_GE(greek.size(), 20U);
  for (const Json& face : greek) {
    const std::string family = face.at("family");
    EXPECT_TRUE(family.starts_with("DejaVu") || family == "Jura") << family;
    EXPECT_THAT(face.at("languages").dump(), HasSubstr("\"greek\""));
  }
  EXPECT_GE(json_of({"--language", "ko"}).at("faces").size(), 2U);
  EXPECT_TRUE(json_of({"--fonts", "DejaVu*", "--language", "chinese"}).at("faces").empty());
}

TEST(AfgenFonts, PrintsATableWithASummaryBesideIt) {
  const Outcome outcome = afgen({"fonts", "--fonts", "DejaVu Sans Mono"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("family "));
  EXPECT_THAT(outcome.out, HasSubstr("DejaVuSansMono-Bold.ttf"));
  EXPECT_THAT(outcome.err, HasSubstr("4 faces in 1 families"));
  EXPECT_THAT(afgen({"fonts", "--fonts", "DejaVu Sans Mono", "--quiet"}).err, IsEmpty());
}

TEST(AfgenFonts, SaysWhatIsLeftOutAndWhy) {
  const std::string excluded = json_of({"--excluded", "--fonts", "Go*"}).dump();
  EXPECT_THAT(excluded, HasSubstr("draws it as a capital"));
  EXPECT_THAT(afgen({"fonts", "--excluded", "--fonts", "Go*"}).out, HasSubstr("Go-Smallcaps.ttf"));
}

TEST(AfgenFonts, CountsTheFontsOfEachLanguage) {
  const Json languages = json_of({"--languages"}).at("languages");
  const auto english = std::ranges::find_if(
      languages, [](const Json& language) { return language.at("name") == "english"; });
  ASSERT_NE(english, languages.end());
  EXPECT_EQ(english->at("letters"), 52);
  EXPECT_GE(english->at("faces"), 400);
}

TEST(AfgenFonts, TakesAPersonsOwnFonts) {
  const TempDir folder;
  fs::copy_file(kDejaVu, folder / "Mine.ttf");
  test::write_bytes(folder / "broken.ttf", "no font");
  const std::string listed =
      json_of({"--fonts", "DejaVu Sans", "--font-dir", folder.path().string(), "--excluded"})
          .dump();
  EXPECT_THAT(listed, HasSubstr(folder / "broken.ttf"));
  EXPECT_THAT(listed, HasSubstr("cannot be read as a font"));
  EXPECT_THAT(listed, HasSubstr("is the same face as"));
}

TEST(AfgenFonts, RefusesWhatThereIsNot) {
  const TempDir folder;
  const auto expect = [](const std::vector<std::string>& arguments, int code,
                         const std::string& words) {
    const Outcome outcome = afgen(arguments);
    EXPECT_EQ(outcome.exit_code, code) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(words));
    EXPECT_THAT(outcome.out, IsEmpty());
  };
  expect({"fonts", "--font-dir", folder.path().string()}, 3, "holds no font");
  expect({"fonts", "--font-dir", folder / "missing"}, 3, "cannot be read");
  expect({"fonts", "--fonts", "DejaVu Sanz"}, 2, "did you mean 'DejaVu Sans'?");
  expect({"fonts", "--exclude"}, 2, "unknown option --exclude (did you mean '--excluded'?)");
  expect({"fonts", "--language", "klingon"}, 2, "language is 'klingon'");
  expect({"--language", "germn"}, 2, "did you mean 'german'?");
  expect({"--language", "german:uper"}, 2, "letters holds 'uper'");
  expect({"--language", "german", "--chars", "a"}, 2, "--chars");
  expect({"--language", "german", "--attributes", "rows.jsonl"}, 2, "--attributes");
}

TEST(AfgenFonts, DrawsTheLettersOfALanguage) {
  const TempDir folder;
  const Outcome outcome = afgen({"--language", "russian", "--n", "40", "-o", folder / "a.h5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto vocabulary = DatasetReader(folder / "a.h5").categorical("char").vocabulary;
  ASSERT_EQ(vocabulary.size(), 33U);
  EXPECT_EQ(vocabulary.back(), "я");
}

std::vector<std::string> families_drawn(const std::string& file) {
  return DatasetReader(file).categorical("font").vocabulary;
}

TEST(AfgenFonts, DrawsFromAllFamiliesThatFitAPattern) {
  const TempDir folder;
  ASSERT_EQ(afgen({"--n", "20", "--fonts", "Go*,DejaVu Sans", "-o", folder / "a.h5"}).exit_code, 0);
  const std::vector<std::string> drawn = families_drawn(folder / "a.h5");
  EXPECT_THAT(drawn, testing::Contains("Go"));
  EXPECT_THAT(drawn, testing::Contains("Go Mono"));
  EXPECT_EQ(drawn.back(), "DejaVu Sans");
  EXPECT_THAT(drawn, Not(testing::Contains("Go Smallcaps"))) << "it draws a as A";
  // What a pattern stood for is in the file: it is made again though other fonts may come.
  const std::string config = DatasetReader(folder / "a.h5").text_attribute("configuration");
  EXPECT_THAT(config, HasSubstr("'Go Mono'"));
  EXPECT_THAT(config, Not(HasSubstr("Go*")));
}

TEST(AfgenFonts, DrawsByAPatternOnlyWhatHasTheCharacters) {
  const TempDir folder;
  ASSERT_EQ(
      afgen({"--n", "20", "--chars", "ж,д", "--fonts", "*Mono*", "-o", folder / "a.h5"}).exit_code,
      0);
  const std::vector<std::string> drawn = families_drawn(folder / "a.h5");
  EXPECT_THAT(drawn, testing::Contains("DejaVu Sans Mono"));
  EXPECT_THAT(drawn, Not(testing::Contains("Averia Sans GWF")));
}

TEST(AfgenFonts, DrawsALanguageWithTheFontsForIt) {
  const TempDir folder;
  const Outcome outcome =
      afgen({"--language", "korean", "--fonts", "*", "--n", "30", "-o", folder / "a.h5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_GE(families_drawn(folder / "a.h5").size(), 2U);
  EXPECT_EQ(DatasetReader(folder / "a.h5").categorical("char").vocabulary.size(), 2350U);
}

TEST(AfgenFonts, DrawsFromAPersonsOwnFonts) {
  const TempDir folder;
  test::EditedFont font(kDejaVu);
  font.rename("DejaVu Sans", "Person Sans");
  test::write_bytes(folder / "Person.ttf", font.bytes());
  const std::string own = folder.path().string();
  const Outcome outcome =
      afgen({"--n", "9", "--fonts", "Person Sans", "--font-dir", own, "-o", folder / "a.h5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(DatasetReader(folder / "a.h5").categorical("font_file").vocabulary,
            (std::vector<std::string>{"Person.ttf", "Person.ttf+bold"}))
      << "a family without a bold face is emboldened, and its rows say so";
  test::write_bytes(folder / "a.toml",
                    DatasetReader(folder / "a.h5").text_attribute("configuration"));
  ASSERT_EQ(afgen({"--config", folder / "a.toml", "-o", folder / "b.h5"}).exit_code, 0);
  EXPECT_TRUE(test::file_bytes(folder / "a.h5") == test::file_bytes(folder / "b.h5"));
}

/// The program as a whole, with fontconfig's own reading of the files.
TEST(AfgenFonts, SurvivesAFolderOfDamagedFonts) {
  const TempDir folder;
  constexpr std::size_t kCount = 200;
  for (const test::MutatedFont& font : test::mutated_fonts(kCount)) {
    test::write_bytes(folder / font.name, font.bytes);
  }
  const std::string own = folder.path().string();
  const Json faces = json_of({"--font-dir", own}).at("faces");
  const Json excluded = json_of({"--font-dir", own, "--excluded"}).at("excluded");
  std::set<std::string> told;
  const auto note = [&](const Json& face) {
    const std::string file = face.at("file");
    if (file.starts_with(own)) told.insert(file);
  };
  std::ranges::for_each(faces, note);
  const std::size_t usable = told.size();
  std::ranges::for_each(excluded, note);
  for (const Json& face : excluded) EXPECT_NE(face.at("reason"), "");
  EXPECT_EQ(told.size(), kCount) << "a file is neither drawn from nor left out with a reason";
  EXPECT_LT(usable, kCount * 3 / 4) << "these fonts are hardly damaged";
}

TEST(AfgenFonts, ListedRowsMayUseAPersonsOwnFonts) {
  const TempDir folder;
  fs::create_directory(folder / "own");
  fs::copy_file(kDejaVu, folder / "own/Mine.ttf");
  std::string rows = test::file_bytes(AF_SOURCE_DIR "/tests/golden/synbols_odd_33_rgb.jsonl");
  rows = rows.substr(0, rows.find('\n') + 1);
  test::write_bytes(folder / "rows.jsonl",
                    std::regex_replace(rows, std::regex(R"re("font_file": "[^"]*")re"),
                                       R"("font_file": "Mine.ttf")"));
  const std::vector<std::string> listed{"--attributes", folder / "rows.jsonl", "-o",
                                        folder / "a.h5"};
  EXPECT_EQ(afgen(listed).exit_code, 3) << "there is no such font without the folder";
  std::vector<std::string> with_folder = listed;
  with_folder.insert(with_folder.end(), {"--font-dir", folder / "own"});
  const Outcome outcome = afgen(with_folder);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

TEST(AfgenFonts, RefusesCharactersThatNoFontHas) {
  const TempDir folder;
  const auto expect = [&](std::vector<std::string> arguments, const std::string& words) {
    arguments.insert(arguments.end(), {"--n", "5", "-o", folder / "a.h5"});
    const Outcome outcome = afgen(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(words));
    EXPECT_FALSE(fs::exists(folder / "a.h5"));
  };
  expect({"--chars", "a,\U0001F600"}, "lacks the character");
  expect({"--chars", "a,\U000F0000"}, "lacks the character");
  expect({"--chars", "a, "}, "draws nothing");
  expect({"--chars", "a,\U000F0000", "--fonts", "*Mono*"}, "draws all characters");
  expect({"--fonts", "No Such*"}, "fits 'No Such*'");
  expect({"--fonts", "Go Smallcap"}, "did you mean 'Go Smallcaps'?");
}

}  // namespace
}  // namespace af

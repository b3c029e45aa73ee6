#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
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
  arguments.insert(arguments.begin(), "afgen");
  return test::run_program(arguments);
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
  for (const Json& face : json_of({"--fonts", "dejavu*,Jura", "--language", "greek"}).at("faces")) {
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
  for (const Json& language : json_of({"--languages"}).at("languages")) {
    if (language.at("name") != "english") continue;
    EXPECT_EQ(language.at("letters"), 52);
    EXPECT_GE(language.at("faces"), 400);
  }
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
  expect({"fonts", "--language", "klingon"}, 2, "language is 'klingon'");
  expect({"--language", "germn"}, 2, "did you mean 'german'?");
  expect({"--language", "german:uper"}, 2, "letters holds 'uper'");
  expect({"--language", "german", "--chars", "a"}, 2, "--chars");
}

TEST(AfgenFonts, DrawsTheLettersOfALanguage) {
  const TempDir folder;
  const Outcome outcome = afgen({"--language", "russian", "--n", "40", "-o", folder / "a.h5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto vocabulary = DatasetReader(folder / "a.h5").categorical("char").vocabulary;
  ASSERT_EQ(vocabulary.size(), 33U);
  EXPECT_EQ(vocabulary.back(), "я");
}

}  // namespace
}  // namespace af

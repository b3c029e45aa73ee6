#include "synth/languages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/dataset_reader.h"
#include "synth/generate.h"
#include "synth/row_source.h"
#include "synth/verify.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

/// The DejaVu families, of which Sans alone has Hebrew and Lao, and Mono has no Vietnamese.
namespace af::synth {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

DatasetConfig several(std::vector<std::string> languages) {
  DatasetConfig config;
  config.n = 3000;
  config.size = 16;
  config.colors.clear();
  config.bias = Bias::kNone;
  config.languages = std::move(languages);
  return config;
}

std::string refusal(const DatasetConfig& config) {
  return test::refusal<ConfigError>([&] { return sampled_rows(config); });
}

TEST(Languages, GiveEachRowALetterAndAFontOfOne) {
  const DatasetConfig config = several({"hebrew", "vietnamese", "english"});
  const RowSource source = sampled_rows(config);
  std::map<std::string, std::set<std::string>> fonts;
  std::map<std::string, std::set<std::string>> chars;
  Row row;
  for (std::uint64_t i = 0; i < source.rows; ++i) {
    source.fill(i, row);
    const std::string& language = source.format.vocabulary.languages.at(row.language_code);
    const Symbol& symbol = row.scene.symbols.front();
    fonts[language].insert(source.format.vocabulary.fonts.at(symbol.font_code));
    chars[language].insert(source.format.vocabulary.chars.at(symbol.char_code));
  }
  EXPECT_THAT(fonts["hebrew"], UnorderedElementsAre("DejaVu Sans"));
  EXPECT_THAT(fonts["vietnamese"], UnorderedElementsAre("DejaVu Sans", "DejaVu Serif"));
  EXPECT_EQ(fonts["english"].size(), 3U);
  const auto letters = language_letters(config);
  for (std::size_t l = 0; l < letters.size(); ++l) {
    EXPECT_EQ(chars[config.languages[l]],
              std::set<std::string>(letters[l].begin(), letters[l].end()));
  }
}

TEST(Languages, AreAsFrequentAsTheirLettersOrFontsOrBoth) {
  const auto shares = [](LanguageShares how) {
    DatasetConfig config = several({"hebrew", "english"});  // 27 and 26 letters, 1 and 3 fonts.
    config.language_shares = how;
    const auto resolved = with_languages(config, fonts::FontCatalogue());
    return resolved.table.factors.at("language").rows.at("").at("hebrew");
  };
  EXPECT_DOUBLE_EQ(shares(LanguageShares::kEqual), 0.5);
  EXPECT_DOUBLE_EQ(shares(LanguageShares::kLetters), 27.0 / 53.0);
  EXPECT_DOUBLE_EQ(shares(LanguageShares::kFonts), 0.25);
  EXPECT_DOUBLE_EQ(shares(LanguageShares::kBoth), 0.5 * (27.0 / 53.0 + 0.25));
}

TEST(Languages, ComeBackFromAFileAndAreVerified) {
  const test::TempDir folder;
  DatasetConfig config = several({"hebrew", "german:lower,upper"});
  config.language_letters = 20;
  write_dataset(sampled_rows(config), folder / "a.h5", {.threads = 2});
  const DatasetReader file(folder / "a.h5");
  EXPECT_THAT(file.column("language").vocabulary, testing::ElementsAre("hebrew", "german"));
  check_whole(file);
  EXPECT_EQ(check_pixels(file, 50), 50U);
  const auto bias = realised_bias(file, kUsualAlpha, kUsualEffect);
  ASSERT_TRUE(bias.has_value());
  EXPECT_TRUE(bias->as_configured);
  EXPECT_EQ(bias->table.cells(), 80U);
}

TEST(Languages, RefuseFontsAndTablesThatDoNotFit) {
  DatasetConfig config = several({"hebrew", "english"});
  config.fonts = {"DejaVu Serif"};
  EXPECT_THAT(refusal(config), HasSubstr("none of the fonts draws all letters of hebrew"));
  config.languages = {"hebrew"};
  EXPECT_THAT(refusal(config), HasSubstr("'DejaVu Serif' draws all letters of none"));
  config = several({"hebrew", "hebrew:digits"});
  EXPECT_THAT(refusal(config), HasSubstr("languages holds 'hebrew' twice"));
  config = several({"hebreu"});
  EXPECT_THAT(refusal(config), HasSubstr("did you mean 'hebrew'?"));
  config = several({"hebrew"});
  config.chars = {"x"};
  EXPECT_THAT(refusal(config), HasSubstr("chars and languages both say"));
  config = several({"hebrew"});
  config.table.factors["font"].rows[""]["DejaVu Sans"] = 1.0;
  EXPECT_THAT(refusal(config), HasSubstr("char or font has a table"));
  config = several({"hebrew"});
  config.colors = {"blue", "red"};
  config.bias = Bias::kSpurious;
  EXPECT_THAT(refusal(config), HasSubstr("ties colors to characters"));
}

}  // namespace
}  // namespace af::synth

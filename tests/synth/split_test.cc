#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "core/errors.h"
#include "synth/generate.h"
#include "synth/row_source.h"
#include "synth/split_assignment.h"
#include "synth/verify.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::AllOf;
using testing::HasSubstr;

DatasetConfig with(const std::string& split) {
  DatasetConfig config;
  config.n = 3000;
  config.chars = {"a", "b", "c", "d", "e"};
  config.colors = {};
  config.bias = Bias::kNone;
  config.split = SplitRule::parse(split);
  return config;
}

template <class Look>
void each_row(const DatasetConfig& config, Look look) {
  const RowSource source = sampled_rows(config);
  Row row;
  for (std::uint64_t i = 0; i < source.rows; ++i) {
    source.fill(i, row);
    look(row);
  }
}

std::array<int, kSplits> counts(const DatasetConfig& config) {
  std::array<int, kSplits> found{};
  each_row(config, [&](const Row& row) { ++found[static_cast<std::size_t>(row.split)]; });
  return found;
}

std::string refusal(const DatasetConfig& config) {
  return test::refusal<ConfigError>([&] { return sampled_rows(config); });
}

std::string refusal(const std::string& split) {
  return test::refusal<ConfigError>([&] { return sampled_rows(with(split)); });
}

TEST(Splits, HaveATextFormThatReadsBackTheSame) {
  for (const std::string text :
       {"random(0.6, 0.2, 0.2)", "by(font: 0.5, 0.25, 0.25)", "by(char, font: 0.6, 0, 0.4)",
        "where(test: scale >= 0.7)",
        "where(val: char != \"|\" & scale < 0.5 | font = DejaVu Serif; test: bold = true; "
        "else: 0.9, 0, 0.1)",
        R"(where(val: char = """" & scale < 0.5; test: char = "a""|"))"}) {
    EXPECT_EQ(SplitRule::parse(text).text(), text);
    EXPECT_EQ(SplitRule::parse(SplitRule::parse(text).text()), SplitRule::parse(text));
  }
  EXPECT_EQ(SplitRule::parse(" where( test:bold=true;val : bold =false) ").text(),
            "where(val: bold = false; test: bold = true)");
}

TEST(Splits, MayGoByADoubleQuote) {
  DatasetConfig config;
  config.n = 400;
  config.chars = {"a", "\""};
  config.split = SplitRule::parse(R"(where(test: char = """" & scale < 0.6; val: char = a))");
  config.split = SplitRule::parse(config.split.text());
  each_row(config, [](const Row& row) {
    const Symbol& symbol = row.scene.symbols.front();
    const bool quote = symbol.character == U'"';
    const Split expected = !quote                    ? Split::kVal
                           : symbol.pose.scale < 0.6 ? Split::kTest
                                                     : Split::kTrain;
    EXPECT_EQ(row.split, expected);
  });
}

TEST(Splits, AtRandomHaveTheirShares) {
  const auto found = counts(with("random(0.5, 0.3, 0.2)"));
  for (const auto& [split, share] : {std::pair{0U, 0.5}, std::pair{1U, 0.3}, std::pair{2U, 0.2}}) {
    const boost::math::binomial binomial(3000, share);
    const double alpha = 1e-3 / 6.0;
    EXPECT_GE(found[split], quantile(binomial, alpha));
    EXPECT_LE(found[split], quantile(complement(binomial, alpha)));
  }
  EXPECT_EQ(counts(with("random(0, 0, 1)")), (std::array{0, 0, 3000}));
}

TEST(Splits, AtRandomWithQuotasHaveExactCounts) {
  DatasetConfig config = with("random(0.5, 0.3, 0.2)");
  config.draws = Draws::kQuota;
  config.n = 1001;
  EXPECT_EQ(counts(config), (std::array{501, 300, 200}));
  // In no order: of the first 500 rows half are for training, give or take six deviations (11.2).
  int first = 0;
  each_row(config, [&](const Row& row) {
    first += static_cast<int>(row.index < 500 && row.split == Split::kTrain);
  });
  EXPECT_NEAR(first, 250, 67);
}

TEST(Splits, ByLevelsHoldWholeLevelsOut) {
  std::map<std::uint16_t, std::set<Split>> splits_of;
  each_row(with("by(char: 0.6, 0.2, 0.2)"), [&](const Row& row) {
    splits_of[row.scene.symbols.front().char_code].insert(row.split);
  });
  std::array<int, kSplits> levels{};
  for (const auto& [level, splits] : splits_of) {
    EXPECT_EQ(splits.size(), 1U) << level;
    ++levels[static_cast<std::size_t>(*splits.begin())];
  }
  EXPECT_EQ(levels, (std::array{3, 1, 1}));
  DatasetConfig other = with("by(char: 0.6, 0.2, 0.2)");
  std::set<std::vector<Split>> ways;
  for (other.seed = 0; other.seed < 20; ++other.seed) {
    std::vector<Split> way(5);
    each_row(other, [&](const Row& row) { way[row.scene.symbols.front().char_code] = row.split; });
    ways.insert(way);
  }
  EXPECT_GT(ways.size(), 5U);  // Which levels are held out is a matter of the seed.
}

TEST(Splits, ByANumberCutItsRange) {
  std::array<double, kSplits> least{1e9, 1e9, 1e9};
  std::array<double, kSplits> most{};
  const DatasetConfig config = with("by(scale: 0.6, 0.2, 0.2)");
  each_row(config, [&](const Row& row) {
    const auto s = static_cast<std::size_t>(row.split);
    const double scale = row.scene.symbols.front().pose.scale;
    least[s] = std::min(least[s], scale);
    most[s] = std::max(most[s], scale);
  });
  EXPECT_LT(most[0], least[1]);
  EXPECT_LT(most[1], least[2]);
  // The quantiles of a lognormal: m e^(s z) with z the standard normal's.
  EXPECT_NEAR(most[0], 0.6 * std::exp(0.2 * 0.2533471), 2e-3);
  EXPECT_NEAR(most[1], 0.6 * std::exp(0.2 * 0.8416212), 2e-3);
  const auto whole = counts([] {
    DatasetConfig c = with("by(symbols: 0.5, 0, 0.5)");
    c.symbols = Distribution::parse("integers(1, 4)");
    return c;
  }());
  EXPECT_NEAR(whole[0], 1500, 120);
  EXPECT_EQ(whole[1], 0);
}

TEST(Splits, ByPairsShowEveryLevelInTrainingButNotEveryPair) {
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::set<Split>> splits_of;
  std::set<std::uint16_t> chars;
  std::set<std::uint16_t> fonts;
  each_row(with("by(char, font: 0.6, 0.2, 0.2)"), [&](const Row& row) {
    const Symbol& symbol = row.scene.symbols.front();
    splits_of[{symbol.char_code, symbol.font_code}].insert(row.split);
    if (row.split != Split::kTrain) return;
    chars.insert(symbol.char_code);
    fonts.insert(symbol.font_code);
  });
  EXPECT_EQ(splits_of.size(), 15U);
  std::map<Split, int> pairs;
  for (const auto& [pair, splits] : splits_of) {
    EXPECT_EQ(splits.size(), 1U);
    ++pairs[*splits.begin()];
  }
  // Of 3 + 1 + 1 characters and 1 + 1 + 1 fonts.
  EXPECT_EQ(pairs, (std::map<Split, int>{{Split::kTrain, 5}, {Split::kVal, 5}, {Split::kTest, 5}}));
  EXPECT_EQ(chars.size(), 5U);
  EXPECT_EQ(fonts.size(), 3U);
}

TEST(Splits, WhereAConditionHolds) {
  each_row(with("where(test: scale >= 0.7 & char != a; val: scale < 0.4 | scale >= 0.7 & char = a; "
                "else: 0.5, 0, 0.5)"),
           [](const Row& row) {
             const double scale = row.scene.symbols.front().pose.scale;
             const bool is_a = row.scene.symbols.front().char_code == 0;
             if (scale >= 0.7 || scale < 0.4) {
               EXPECT_EQ(row.split, scale < 0.4 || is_a ? Split::kVal : Split::kTest);
             } else {
               EXPECT_NE(row.split, Split::kVal);
             }
           });
}

TEST(Splits, RefuseWhatIsNone) {
  EXPECT_THAT(refusal("random(0.6, 0.2, 0.1)"), HasSubstr("the shares sum to 0.9; expected 1"));
  EXPECT_THAT(refusal("random(0.6, 0.4)"), HasSubstr("has 2 shares; expected three"));
  EXPECT_THAT(refusal("random(1.2, -0.2, 0)"), HasSubstr("no number from 0 to 1"));
  EXPECT_THAT(refusal("randomly"), HasSubstr("'randomly' is no split: expected random("));
  EXPECT_THAT(refusal("by(font)"), HasSubstr("expected random("));
  EXPECT_THAT(refusal("by(char, char: 1, 0, 0)"), HasSubstr("pairs char with itself"));
  EXPECT_THAT(refusal("by(fonts: 1, 0, 0)"),
              HasSubstr("there is no factor 'fonts' (did you mean 'font'?)"));
  EXPECT_THAT(refusal("by(bold: 0.6, 0.2, 0.2)"),
              HasSubstr("bold has 2 levels for 3 splits; expected as many at least"));
  EXPECT_THAT(refusal("by(noise: 0.6, 0.2, 0.2)"),
              HasSubstr("noise is 0.01, whose range leaves train without images"));
  EXPECT_THAT(refusal("where(else: 1, 0, 0)"), HasSubstr("expected a condition"));
  EXPECT_THAT(refusal("where(tets: bold = true)"), HasSubstr("'tets: bold = true' names no split"));
  EXPECT_THAT(refusal("where(test: bold)"), HasSubstr("'bold' is no condition"));
  EXPECT_THAT(refusal("where(test: bold =)"), HasSubstr("lacks the value"));
  EXPECT_THAT(refusal("where(test: bold = true; test: slant = true)"),
              HasSubstr("says twice what test is"));
  EXPECT_THAT(refusal("where(test: font = DejaVu Sanz)"),
              HasSubstr("font has no level 'DejaVu Sanz' (did you mean 'DejaVu Sans'?)"));
  EXPECT_THAT(refusal("where(test: font > DejaVu Sans)"), HasSubstr("expected = or !="));
  EXPECT_THAT(refusal("where(test: scale = big)"), HasSubstr("scale is 'big'"));
  EXPECT_THAT(refusal("where(test: scale != 1)"), HasSubstr("scale is a number; expected <"));
}

TEST(Splits, RefuseConditionsThatNoImageMeets) {
  EXPECT_THAT(refusal("where(test: scale > 0.7 & scale < 0.6)"),
              HasSubstr("no image can be for test by 'scale > 0.7 & scale < 0.6'"));
  EXPECT_THAT(refusal("where(test: inverse = true)"), HasSubstr("no image can be for test"));
  EXPECT_THAT(refusal("where(test: symbols >= 2)"), HasSubstr("no image can be for test"));
  DatasetConfig tied = with("where(test: char = a & bold = true)");
  tied.table.factors["bold"] = {{"char"},
                                {{"a", {{"false", 1.0}}},
                                 {"b", {{"true", 1.0}}},
                                 {"c", {{"true", 1.0}}},
                                 {"d", {{"true", 1.0}}},
                                 {"e", {{"true", 1.0}}}}};
  EXPECT_THAT(refusal(tied), HasSubstr("no image can be for test"));
  tied.split = SplitRule::parse("where(test: char = a & bold = false)");
  EXPECT_EQ(refusal(tied), "not refused");
  // Possible, but not among so few rows.
  DatasetConfig few = with("where(test: scale > 1.5)");
  few.n = 20;
  EXPECT_THAT(refusal(few), AllOf(HasSubstr("none of the 20 rows is for test"),
                                  HasSubstr("where(test: scale > 1.5)")));
  EXPECT_THAT(refusal("where(test: scale > 0)"), HasSubstr("rows is for train"));
}

TEST(Splits, RefuseConditionsThatOverlap) {
  EXPECT_THAT(refusal("where(test: scale >= 0.7; val: font = DejaVu Serif)"),
              HasSubstr("an image may be for val by 'font = DejaVu Serif' and for test by "
                        "'scale >= 0.7'"));
  EXPECT_EQ(refusal("where(test: scale >= 0.7; val: font = DejaVu Serif & scale < 0.7)"),
            "not refused");
  EXPECT_EQ(refusal("where(test: char = a & bold = true; val: char = a & bold = false)"),
            "not refused");
}

TEST(Splits, AreCheckedAgainstTheConfiguration) {
  for (const std::string split :
       {"random(0.5, 0.3, 0.2)", "by(char, font: 0.6, 0.2, 0.2)", "by(scale: 0.6, 0.2, 0.2)",
        "where(val: background = radial & scale < 0.7; test: scale >= 0.7)"}) {
    DatasetConfig config = with(split);
    config.n = 60;
    config.size = 8;
    config.occlusions = 1.0;
    const test::TempDir folder;
    write_dataset(sampled_rows(config), folder / "a.h5", {});
    const auto found = split_counts(DatasetReader(folder / "a.h5"));
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->rule, split);
    const auto expected = counts(config);
    for (std::size_t s = 0; s < kSplits; ++s) {
      EXPECT_EQ(found->rows[s], static_cast<std::uint64_t>(expected[s])) << split;
    }
    // Another rule in the same file.
    std::string bytes = test::file_bytes(folder / "a.h5");
    const std::size_t at = bytes.find("split = '" + split);
    ASSERT_NE(at, std::string::npos);
    const std::string other = "random(0, 0, 1)";
    bytes.replace(at + 9, split.size(), other + std::string(split.size() - other.size(), ' '));
    test::write_bytes(folder / "b.h5", bytes);
    EXPECT_THAT(
        test::refusal<InputError>([&] { return split_counts(DatasetReader(folder / "b.h5")); }),
        HasSubstr("expected test by random(0, 0, 1)"));
  }
}

}  // namespace
}  // namespace af::synth

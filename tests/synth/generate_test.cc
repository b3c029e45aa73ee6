#include "synth/generate.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/config_toml.h"
#include "core/dataset_reader.h"
#include "synth/attribute_rows.h"
#include "synth/replay.h"
#include "tests/support/program.h"

namespace af::synth {
namespace {

using test::file_bytes;
using test::TempDir;

DatasetConfig small(std::int64_t n) {
  DatasetConfig config;
  config.n = n;
  config.seed = 7;
  config.size = 32;
  return config;
}

void write(const DatasetConfig& config, const std::string& path, int threads) {
  write_dataset(sampled_rows(config), path, {.threads = threads});
}

std::vector<std::uint8_t> pixels(const DatasetReader& file, const char* column, std::uint64_t row) {
  std::vector<std::uint8_t> values(file.column(column).item_bytes());
  file.read(column, row, 1, std::as_writable_bytes(std::span(values)));
  return values;
}

/// Every row of the file is drawn again from its columns.
void expect_replays(const std::string& path) {
  const DatasetReader file(path);
  Replay replay(file);
  for (std::uint64_t i = 0; i < file.rows(); ++i) {
    const Sample sample = replay.draw(i);
    ASSERT_EQ(sample.image, pixels(file, "x", i)) << "row " << i;
    ASSERT_EQ(sample.mask, pixels(file, "mask", i)) << "row " << i;
  }
}

TEST(Generate, ThreadCountChangesNoByte) {
  const TempDir folder;
  DatasetConfig config = small(1500);
  config.occlusions = 1;
  write(config, folder / "one.h5", 1);
  write(config, folder / "eight.h5", 8);
  EXPECT_EQ(file_bytes(folder / "one.h5"), file_bytes(folder / "eight.h5"));
}

TEST(Generate, RowDependsOnlyOnSeedAndIndex) {
  const TempDir folder;
  const RowSource source = sampled_rows(small(700));
  write_dataset(source, folder / "all.h5", {.threads = 2});
  const DatasetReader file(folder / "all.h5");
  for (const std::uint64_t i : {699U, 0U, 41U, 300U}) {
    const Sample sample = draw_sample(source, i);
    EXPECT_EQ(sample.image, pixels(file, "x", i));
    EXPECT_EQ(sample.mask, pixels(file, "mask", i));
  }
}

TEST(Generate, MoreRowsBeginWithTheSameRows) {
  const RowSource few = sampled_rows(small(10));
  const RowSource many = sampled_rows(small(100000));
  for (const std::uint64_t i : {0U, 9U}) {
    EXPECT_EQ(draw_sample(few, i).image, draw_sample(many, i).image);
  }
}

TEST(Generate, SeedsGiveDifferentImages) {
  DatasetConfig other = small(10);
  other.seed = 8;
  EXPECT_NE(draw_sample(sampled_rows(small(10)), 0).image,
            draw_sample(sampled_rows(other), 0).image);
}

TEST(Generate, NoiseAndOcclusionsLeaveTheOtherFactorsAlone) {
  DatasetConfig other = small(50);
  other.noise = 0.0;
  other.occlusions = 3;
  const RowSource plain = sampled_rows(small(50));
  const RowSource changed = sampled_rows(other);
  for (std::uint64_t i = 0; i < 50; ++i) {
    EXPECT_EQ(draw_sample(plain, i).mask, draw_sample(changed, i).mask);
    EXPECT_EQ(draw_sample(plain, i).row.scene.background,
              draw_sample(changed, i).row.scene.background);
  }
}

TEST(Generate, RowsAreDrawnAgainFromTheirColumns) {
  const TempDir folder;
  DatasetConfig config = small(300);
  write(config, folder / "plain.h5", 1);
  expect_replays(folder / "plain.h5");
  config.occlusions = 2;
  config.noise = 0.05;
  config.draws = Draws::kQuota;
  write(config, folder / "occluded.h5", 1);
  expect_replays(folder / "occluded.h5");
}

/// Cells of all characters but each image's first: [char][color].
std::array<std::array<int, 2>, 2> further_cells(const DatasetConfig& config) {
  const RowSource source = sampled_rows(config);
  std::array<std::array<int, 2>, 2> cells{};
  Row row;
  for (std::uint64_t i = 0; i < source.rows; ++i) {
    source.fill(i, row);
    for (std::size_t s = 1; s < row.symbols; ++s) {
      const Symbol& symbol = row.scene.symbols[s];
      ++cells[symbol.character == U'd'][symbol.foreground.rgb == Rgb{1.0, 0.0, 0.0}];
    }
  }
  return cells;
}

TEST(Generate, QuotasAreExactForFurtherCharactersToo) {
  DatasetConfig config = small(1000);
  config.p = 0.9;
  config.draws = Draws::kQuota;
  config.symbols = 3;
  EXPECT_EQ(further_cells(config), (std::array{std::array{900, 100}, std::array{100, 900}}));
  config.symbols = Distribution::parse("integers(1, 3)");
  const auto cells = further_cells(config);
  const int all = cells[0][0] + cells[0][1] + cells[1][0] + cells[1][1];
  EXPECT_GT(all, 900);
  EXPECT_LT(all, 1100);
  for (const std::size_t a : {0U, 1U}) {
    for (const std::size_t b : {0U, 1U})
      EXPECT_NEAR(cells[a][b], all * (a == b ? 0.45 : 0.05), 1.0);
  }
}

TEST(Generate, QuotasOfFurtherCharactersDependOnSeedAndRowAlone) {
  const TempDir folder;
  DatasetConfig config = small(200);
  config.draws = Draws::kQuota;
  config.symbols = Distribution::parse("integers(1, 3)");
  write(config, folder / "one.h5", 1);
  write(config, folder / "eight.h5", 8);
  EXPECT_EQ(file_bytes(folder / "one.h5"), file_bytes(folder / "eight.h5"));
}

TEST(Generate, ListedRowsAreDrawnAgainFromTheirColumns) {
  const TempDir folder;
  for (const std::string name :
       {"reference_64_rgb", "scenes_64_rgb", "scenes_32_grey", "strokes_32_rgb"}) {
    const std::string rows = AF_SOURCE_DIR "/tests/golden/synbols_" + name + ".jsonl";
    write_dataset(listed_rows({.attributes = rows}), folder / (name + ".h5"), {});
    expect_replays(folder / (name + ".h5"));
  }
}

TEST(Generate, QuotaFileHasTheExactCounts) {
  const TempDir folder;
  DatasetConfig config = small(1000);
  config.size = 8;
  config.draws = Draws::kQuota;
  write(config, folder / "quota.h5", 2);
  const DatasetReader file(folder / "quota.h5");
  const auto chars = file.read_all<std::uint16_t>("char");
  const auto colors = file.read_all<std::uint16_t>("color");
  std::map<std::pair<int, int>, int> counts;
  for (std::size_t i = 0; i < chars.size(); ++i) ++counts[{colors[i], chars[i]}];
  EXPECT_EQ(counts, (std::map<std::pair<int, int>, int>{
                        {{0, 0}, 450}, {{0, 1}, 50}, {{1, 0}, 50}, {{1, 1}, 450}}));
}

TEST(Generate, FileSaysHowItWasMade) {
  const TempDir folder;
  const DatasetConfig config = small(3);
  write(config, folder / "a.h5", 1);
  const DatasetReader file(folder / "a.h5");
  EXPECT_EQ(file.text_attribute("configuration"), write_toml(config));
  EXPECT_EQ(file.categorical("char").vocabulary, config.chars);
  EXPECT_EQ(file.categorical("color").vocabulary, config.colors);
  EXPECT_EQ(file.categorical("font").vocabulary, config.fonts);
  EXPECT_EQ(std::get<std::int64_t>(file.attributes().at("seed")), config.seed);
  EXPECT_EQ(std::get<std::vector<std::string>>(file.attributes().at("palette")),
            (std::vector<std::string>{"#0000ff", "#ff0000"}));
  const auto& hashes = std::get<std::vector<std::string>>(file.attributes().at("font_sha256"));
  EXPECT_EQ(hashes.size(), file.categorical("font_file").vocabulary.size());
}

TEST(Generate, CharacterKeepsItsColour) {
  // No inversion, and maximal contrast stretches all channels alike: where the mask is full, a blue
  // character has more blue than red, and a red one more red than blue.
  const RowSource source = sampled_rows(small(100));
  for (std::uint64_t i = 0; i < source.rows; ++i) {
    const Sample sample = draw_sample(source, i);
    for (std::size_t k = 0; k < sample.mask.size(); ++k) {
      if (sample.mask[k] != 255) continue;
      const int red = sample.image[3 * k];
      const int blue = sample.image[3 * k + 2];
      ASSERT_EQ(blue > red, sample.row.color_code == 0) << "row " << i;
    }
  }
}

/// The first rows of the default configuration, so that no change to a draw goes unnoticed.
TEST(Generate, FirstRowsOfTheDefaultAreAsTheyWere) {
  struct Expected {
    int color, character, font;
    bool bold, slant;
    double scale, rotation;
    std::int64_t noise_key;
  };
  const std::vector<Expected> table{
      {0, 0, 2, false, false, 0.59375894389614048, -0.060970258311010828, 373870628517009991},
      {0, 0, 1, true, true, 0.72771764651796544, 0.33250026592452947, 750485170109575138},
      {0, 0, 2, true, false, 0.80960734312915472, 0.5369119518474571, 5237087528033760127},
      {0, 0, 0, true, true, 0.5717238308969963, 0.18951771679298735, 3320837846306134712},
      {0, 0, 1, true, false, 0.47172812710850931, 0.1075628738359188, 6020364710078684622},
      {0, 0, 2, true, false, 0.76858272686636309, 0.0072163292062208118, 1694791418019642019},
      {1, 1, 0, false, false, 0.73805365810912271, -0.63169901506724535, 4926477837118360319},
      {1, 1, 0, true, true, 0.50698860757468545, -0.00013419246978474845, 113207612568089412},
  };
  const RowSource source = sampled_rows(DatasetConfig{});
  for (std::uint64_t i = 0; i < table.size(); ++i) {
    Row row;
    source.fill(i, row);
    const Symbol& symbol = row.scene.symbols.at(0);
    EXPECT_EQ(row.color_code, table[i].color) << "row " << i;
    EXPECT_EQ(symbol.char_code, table[i].character) << "row " << i;
    EXPECT_EQ(symbol.font_code, table[i].font) << "row " << i;
    EXPECT_EQ(symbol.bold, table[i].bold) << "row " << i;
    EXPECT_EQ(symbol.pose.slanted, table[i].slant) << "row " << i;
    EXPECT_EQ(symbol.pose.scale, table[i].scale) << "row " << i;
    EXPECT_EQ(symbol.pose.rotation_rad, table[i].rotation) << "row " << i;
    EXPECT_EQ(row.scene.noise_key, table[i].noise_key) << "row " << i;
  }
}

}  // namespace
}  // namespace af::synth

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config_toml.h"
#include "core/dataset_reader.h"
#include "core/errors.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "synth/presets.h"
#include "synth/row_source.h"
#include "synth/verify.h"
#include "tests/support/program.h"

/// Whatever valid configuration there is, its data set can be drawn, verifies, and says enough to
/// be drawn again.
namespace af::synth {
namespace {

template <class T>
T one_of(const std::vector<T>& values) {
  return *rc::gen::elementOf(values);
}

Distribution some_number(const std::vector<std::string>& texts) {
  return Distribution::parse(one_of(texts));
}

Choice some_choice(const std::vector<std::string>& texts) { return Choice::parse(one_of(texts)); }

Choice some_flag() {
  return some_choice({"false", "true", "categorical(false, true)", "categorical(true: 3, false)"});
}

/// Some shares of levels, which sum to 1.
Shares some_shares(const std::vector<std::string>& levels) {
  Shares shares;
  double left = 1.0;
  for (const std::string& level : levels) {
    const bool last = level == levels.back();
    shares[level] = last ? left : left * *rc::gen::inRange(0, 101) / 100.0;
    left -= shares[level];
  }
  return shares;
}

/// Any P(char | color), or P(char) of images without colours.
void draw_table(DatasetConfig& config) {
  BiasTables::Table& table = config.table.factors["char"];
  table = {};
  if (config.colors.empty()) table.rows[""] = some_shares(config.chars);
  if (!config.colors.empty()) table.given = {"color"};
  for (const std::string& color : config.colors) table.rows[color] = some_shares(config.chars);
}

/// One of Synbols' data sets that needs the default fonts alone.
DatasetConfig some_preset() {
  std::vector<std::string_view> names;
  for (const Preset& preset : presets()) {
    if (preset.needs().empty()) names.push_back(preset.name);
  }
  DatasetConfig config;
  read_toml(parse_toml(find_preset(one_of(names)).toml, "preset"), config);
  return config;
}

void draw_bias(DatasetConfig& config) {
  config.chars = one_of<std::vector<std::string>>({{"a"}, {"a", "d"}, {"é", "■", "7", "Ж"}});
  config.colors = one_of<std::vector<std::string>>({{}, {"blue", "red"}, {"#102030", "lime"}});
  config.p = *rc::gen::map(rc::gen::inRange(0, 101), [](int p) { return p / 100.0; });
  config.bias = one_of<Bias>({Bias::kSpurious, Bias::kMinority, Bias::kNone});
  config.draws = one_of<Draws>({Draws::kIid, Draws::kQuota});
  const bool tie = *rc::gen::arbitrary<bool>();
  if (!tie) return;
  // A factor's levels all equally frequent given flags, but for one combination.
  BiasTables::Table& table = config.table.factors["background"];
  table.given = {"bold", "inverse"};
  for (const std::string row : {"false, false", "false, true", "true, false"}) {
    table.rows[row] = {{"solid", 0.5}, {"radial", 0.25}, {"camouflage", 0.25}};
  }
  table.rows["true, true"] = {{"multi", 1.0}};
}

void draw_patterns(DatasetConfig& config) {
  config.foreground = some_choice({"solid", "none", "linear", "radial", "camouflage",
                                   "categorical(solid, radial: 2, camouflage)"});
  config.background = some_choice(
      {"none", "solid", "multi", "camouflage", "categorical(linear, radial, multi: 2)"});
  config.background_colors = one_of<std::vector<std::string>>({{}, {"black"}, {"white", "navy"}});
  config.multi_gradients = *rc::gen::inRange(1, 5);
  config.multi_opacity = one_of<double>({0.0, 0.5, 1.0});
  config.strokes = *rc::gen::inRange(1, 60);
  config.stroke_width = one_of<double>({0.01, 0.05, 0.7});
  config.stroke_length = one_of<double>({0.0, 0.4, 2.0});
  config.stroke_noise = one_of<double>({0.0, 0.02});
  config.foreground_stroke_angle = some_number({"0", "1.5707963267948966", "uniform(0, 6.3)"});
}

void draw_pose(DatasetConfig& config) {
  config.scale =
      some_number({"0.001", "20", "lognormal(0.6, 2)", "normal(0.5, 1)", "uniform(0.1, 1)"});
  config.rotation = some_number({"0", "normal(0, 0.3)", "categorical(0, 1.5707963267948966)"});
  config.translation_x = some_number({"0", "uniform(-3, 3)", "1000", "normal(0, 500)"});
  config.missing = some_flag();
  config.bold = some_flag();
  config.slant = some_flag();
  config.inverse = some_flag();
  config.max_contrast = some_flag();
}

SplitRule some_split() {
  return SplitRule::parse(
      one_of<std::string>({"random(0.6, 0.2, 0.2)", "random(0, 0, 1)", "by(char: 0.6, 0.2, 0.2)",
                           "by(scale: 0.5, 0.25, 0.25)", "by(font, char: 0.4, 0.3, 0.3)",
                           "where(test: scale >= 0.5 & bold = false | slant = true)",
                           "where(val: inverse = true; else: 0.5, 0, 0.5)"}));
}

DatasetConfig drawn_configuration() {
  DatasetConfig config;
  config.grey = *rc::gen::arbitrary<bool>();
  draw_bias(config);
  draw_patterns(config);
  draw_pose(config);
  config.symbols = some_number({"1", "integers(1, 4)", "categorical(2, 5: 0.5)"});
  config.occlusions = some_number({"0", "1", "integers(0, 3)"});
  config.occlusion_foreground = some_choice({"linear", "categorical(solid, camouflage)"});
  config.occlusion_shape = some_choice({"■", "categorical(▲: 3, ●)"});
  config.noise = some_number({"0", "0.01", "normal(0, 0.5)", "1"});
  config.masks = one_of<MaskKind>({MaskKind::kFirst, MaskKind::kEach, MaskKind::kFlat});
  return config;
}

DatasetConfig random_configuration() {
  const bool of_preset = *rc::gen::inRange(0, 4) == 0;
  DatasetConfig config = of_preset ? some_preset() : drawn_configuration();
  config.n = *rc::gen::inRange(1, 30);
  config.seed = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  config.size = one_of<std::int64_t>({8, 9, 16, 31, 32, 65});
  if (*rc::gen::arbitrary<bool>()) config.split = some_split();
  if (*rc::gen::inRange(0, 3) == 0) draw_table(config);
  return config;
}

/// @throws ConfigError  Only a rule of splitting may not be for a configuration: one of too few
///                      levels, or rows of which none are for one of the splits.
std::optional<RowSource> rows_of(const DatasetConfig& config) {
  try {
    return sampled_rows(config);
  } catch (const ConfigError& error) {
    if (!std::string_view(error.what()).starts_with("split: ")) throw;
    return std::nullopt;
  }
}

std::vector<std::byte> bytes_of(const DatasetReader& file, const Column& column) {
  std::vector<std::byte> bytes(file.rows() * column.item_bytes());
  file.read(column.name, 0, file.rows(), bytes);
  return bytes;
}

TEST(RandomConfigurations, AreDrawnVerifyAndAreDrawnAgain) {
  const bool held = rc::check([] {
    const DatasetConfig config = random_configuration();
    RC_LOG() << write_toml(config);
    const auto rows = rows_of(config);
    if (!rows) RC_DISCARD("a split without rows");
    const test::TempDir folder;
    write_dataset(*rows, folder / "one.h5", {.threads = 1});
    const DatasetReader file(folder / "one.h5");
    check_whole(file);
    RC_ASSERT(check_pixels(file, file.rows()) == file.rows());
    RC_ASSERT(realised_bias(file, 1e-12, 0.1)->as_configured);
    // From its own configuration the same file is made, on other threads.
    DatasetConfig again;
    read_toml(parse_toml(file.text_attribute("configuration"), "the file"), again);
    write_dataset(sampled_rows(again), folder / "two.h5", {.threads = 3});
    RC_ASSERT(test::file_bytes(folder / "one.h5") == test::file_bytes(folder / "two.h5"));
    // And from its columns alone the same pixels, masks and columns.
    write_dataset(listed_rows({.attributes = folder / "one.h5"}), folder / "three.h5",
                  {.threads = 2});
    const DatasetReader replayed(folder / "three.h5");
    RC_ASSERT(replayed.columns() == file.columns());
    for (const Column& column : file.columns()) {
      RC_ASSERT(bytes_of(replayed, column) == bytes_of(file, column));
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace af::synth

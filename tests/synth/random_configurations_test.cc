#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/config_toml.h"
#include "core/dataset_reader.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
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

DatasetConfig random_configuration() {
  DatasetConfig config;
  config.n = *rc::gen::inRange(1, 30);
  config.seed = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  config.size = one_of<std::int64_t>({8, 9, 16, 31, 32, 65});
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

std::vector<std::byte> bytes_of(const DatasetReader& file, const Column& column) {
  std::vector<std::byte> bytes(file.rows() * column.item_bytes());
  file.read(column.name, 0, file.rows(), bytes);
  return bytes;
}

TEST(RandomConfigurations, AreDrawnVerifyAndAreDrawnAgain) {
  const bool held = rc::check([] {
    const DatasetConfig config = random_configuration();
    RC_LOG() << write_toml(config);
    const test::TempDir folder;
    write_dataset(sampled_rows(config), folder / "one.h5", {.threads = 1});
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

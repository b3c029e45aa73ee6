#include "synth/synbols_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/config_toml.h"
#include "core/dataset_reader.h"
#include "core/errors.h"
#include "synth/bias_tables.h"
#include "synth/generate.h"
#include "synth/presets.h"
#include "synth/synbols_row.h"
#include "synth/verify.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using nlohmann::json;
using testing::HasSubstr;

DatasetConfig configuration(const std::string& preset) {
  DatasetConfig config;
  if (!preset.empty()) {
    const Preset& found = find_preset(preset);
    read_toml(parse_toml(found.toml, preset), config);
  }
  config.n = 40;
  config.size = 16;
  return config;
}

class SynbolsLayout : public testing::TestWithParam<std::string> {
 protected:
  /// The texts of a file's rows, parsed.
  static std::vector<json> rows_of(const DatasetReader& file) {
    const std::size_t bytes = file.column("y").item_bytes();
    std::vector<char> texts(file.rows() * bytes);
    file.read("y", 0, file.rows(), std::as_writable_bytes(std::span(texts)));
    std::vector<json> rows;
    for (std::size_t i = 0; i < file.rows(); ++i) {
      rows.push_back(json::parse(std::string(texts.data() + i * bytes)));
    }
    return rows;
  }
  DatasetReader written(const DatasetConfig& config, Layout layout, const std::string& name) {
    write_dataset(sampled_rows(config), folder_ / name, {.overwrite = true, .layout = layout});
    return DatasetReader(folder_ / name);
  }

  test::TempDir folder_;
};

TEST_P(SynbolsLayout, SaysWhatTheColumnsSay) {
  const DatasetConfig config = configuration(GetParam());
  const DatasetReader typed = written(config, Layout::kColumns, "a.h5");
  const DatasetReader file = written(config, Layout::kSynbols, "s.h5");
  EXPECT_TRUE(file.read_all<std::uint8_t>("x") == typed.read_all<std::uint8_t>("x"));
  EXPECT_TRUE(file.read_all<std::uint8_t>("mask") == typed.read_all<std::uint8_t>("mask"));
  const auto splits = file.read_all<std::uint16_t>("split/random");
  const auto split = typed.read_all<std::uint16_t>("split");
  const auto chars = typed.read_all<std::uint16_t>("char");
  const auto fonts = typed.read_all<std::uint16_t>("font");
  const auto bold = typed.read_all<std::uint8_t>("bold");
  const auto scale = typed.read_all<double>("scale");
  const auto translation = typed.read_all<double>("translation");
  const auto keys = typed.read_all<std::int64_t>("noise_key");
  const std::vector<json> rows = rows_of(file);
  ASSERT_EQ(rows.size(), 40U);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json& row = rows[i];
    EXPECT_EQ(row["index"], i);
    EXPECT_EQ(row["char"], typed.column("char").vocabulary[chars[i]]);
    EXPECT_EQ(row["font"], typed.column("font").vocabulary[fonts[i]]);
    EXPECT_EQ(row["is_bold"], bold[i] != 0 ? "True" : "False");
    EXPECT_EQ(row["scale"].get<double>(), scale[i]);
    EXPECT_TRUE(row["scale"].is_number_float());
    EXPECT_EQ(row["translation"], json({translation[2 * i], translation[2 * i + 1]}));
    EXPECT_EQ(row["seed"], keys[i]);
    EXPECT_EQ(row["resolution"], json({16, 16}));
    EXPECT_EQ(row["symbols"][0]["foreground"], row["foreground"]);
    for (std::size_t s = 0; s < 3; ++s) EXPECT_EQ(splits[3 * i + s], split[i] == s ? 1 : 0);
  }
}

TEST_P(SynbolsLayout, HoldsTheLongestRow) {
  // Numbers of the longest kind in every place, in as many symbols as there is room for.
  const RowSource source = sampled_rows(configuration(GetParam()));
  Row row;
  std::string text;
  for (std::uint64_t i = 0; i < source.rows; ++i) {
    source.fill(i, row);
    for (Symbol& symbol : row.scene.symbols) symbol.pose.scale = -1.2345678901234567e-300;
    write_synbols_row(row, source.format, text);
    EXPECT_LE(text.size(), synbols_row_bytes(source.format));
    EXPECT_TRUE(json::accept(text)) << text;
  }
}

TEST_P(SynbolsLayout, IsVerified) {
  DatasetConfig config = configuration(GetParam());
  config.n = 200;
  config.draws = Draws::kQuota;
  const DatasetReader file = written(config, Layout::kSynbols, "s.h5");
  check_whole(file);
  EXPECT_NE(why_not_replayed(file), "");
  const auto bias = realised_bias(file, 1e-3, 0.1);
  ASSERT_TRUE(bias.has_value());
  EXPECT_EQ(bias->counts, bias->expected);
}

TEST_F(SynbolsLayout, WithTiedFactorsOfOtherNamesIsCounted) {
  BiasTables tables;
  read_table(parse_toml(R"(
bold = { true = 0.75, false = 0.25 }
"slant | bold" = { true = { true = 1 }, false = { false = 1 } }
"inverse | slant" = { true = { true = 0.5, false = 0.5 }, false = { true = 1 } }
"foreground | inverse" = { true = { solid = 1 }, false = { linear = 1 } }
"background | slant" = { true = { radial = 1 }, false = { multi = 1 } }
)",
                        "bias.toml")
                 .table,
             "bias.toml", tables);
  DatasetConfig config = configuration("");
  config.take_table(tables);
  config.draws = Draws::kQuota;
  const DatasetReader file = written(config, Layout::kSynbols, "s.h5");
  const auto bias = realised_bias(file, 1e-3, 0.1);
  ASSERT_TRUE(bias.has_value());
  EXPECT_EQ(bias->counts, bias->expected);
}

INSTANTIATE_TEST_SUITE_P(Presets, SynbolsLayout,
                         testing::Values("", "counting", "camouflage", "some-large-occlusion",
                                         "segmentation"),
                         [](const auto& preset) {
                           std::string name = preset.param.empty() ? "reference" : preset.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST_F(SynbolsLayout, WithARowThatIsNoJsonIsDamaged) {
  (void)written(configuration(""), Layout::kSynbols, "s.h5");
  std::string bytes = test::file_bytes(folder_ / "s.h5");
  const std::size_t row = bytes.find("{\"index\": 7,");
  ASSERT_NE(row, std::string::npos);
  bytes[row + 9] = '6';
  bytes[row + 10] = '6';
  test::write_bytes(folder_ / "s.h5", bytes);
  const auto refusal = [&] {
    return test::refusal<InputError>([&] { check_whole(DatasetReader(folder_ / "s.h5")); });
  };
  EXPECT_THAT(refusal(), HasSubstr("row 7: it has not the index 7"));
  bytes[row] = '[';
  test::write_bytes(folder_ / "s.h5", bytes);
  EXPECT_THAT(refusal(), HasSubstr("row 7: this is no JSON object"));
}

}  // namespace
}  // namespace af::synth

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "core/errors.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

/// Rows out of CSV files and of other data sets, as they are or changed.
namespace af::synth {
namespace {

using test::refusal;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::uint8_t> column(const std::string& path, const char* name) {
  const DatasetReader file(path);
  std::vector<std::uint8_t> bytes(file.rows() * file.column(name).item_bytes());
  file.read(name, 0, file.rows(), std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

class ListedRows : public testing::Test {
 protected:
  static DatasetConfig config() {
    DatasetConfig config;
    config.n = 200;
    config.size = 24;
    config.bias = Bias::kNone;
    config.symbols = Distribution::parse("integers(1, 2)");
    config.occlusions = Distribution::parse("integers(0, 1)");
    return config;
  }
  std::string drawn(const DatasetConfig& config, const std::string& name) {
    write_dataset(sampled_rows(config), folder_ / name, {.threads = 2});
    return folder_ / name;
  }
  std::string changed(ListedConfig config, const std::string& name) {
    write_dataset(listed_rows(config), folder_ / name, {.threads = 2});
    return folder_ / name;
  }
  /// Since every factor has a stream of its own, a data set with a column replaced is the one that
  /// is drawn with that factor constant.
  void expect_same(const std::string& replacement, void (*set)(DatasetConfig&)) {
    const std::string given = drawn(config(), "given" + std::to_string(count_) + ".h5");
    DatasetConfig other = config();
    set(other);
    const std::string expected = drawn(other, "expected" + std::to_string(count_) + ".h5");
    const std::string made = changed({.attributes = given, .replace = {replacement}},
                                     "made" + std::to_string(count_++) + ".h5");
    EXPECT_EQ(column(made, "x"), column(expected, "x")) << replacement;
    EXPECT_EQ(column(made, "mask"), column(expected, "mask")) << replacement;
    EXPECT_NE(column(made, "x"), column(given, "x")) << replacement;
  }
  RowSource csv(const std::string& text) {
    test::write_bytes(folder_ / "rows.csv", text);
    return listed_rows({.attributes = folder_ / "rows.csv"});
  }

  test::TempDir folder_;
  int count_ = 0;
};

TEST_F(ListedRows, SwappedColoursAreThoseOfTheSameImagesDrawnWithTheOthers) {
  DatasetConfig other = config();
  other.colors = {"red", "blue"};  // The same draws, the other color.
  const std::string given = drawn(config(), "given.h5");
  const std::string expected = drawn(other, "expected.h5");
  const std::string made = changed({.attributes = given, .swap = {"color=blue:red"}}, "made.h5");
  EXPECT_EQ(column(made, "x"), column(expected, "x"));
  EXPECT_NE(column(made, "x"), column(given, "x"));
  // Nothing else differs, the noise among it.
  const DatasetReader file(given);
  for (const Column& c : file.columns()) {
    const bool differs = c.name == "x" || c.name == "color" || c.name == "foreground_rgb" ||
                         c.name == "layer_foreground_rgb";
    EXPECT_EQ(column(made, c.name.c_str()) != column(given, c.name.c_str()), differs) << c.name;
  }
  // Once more, and it is as it was.
  const std::string back = changed({.attributes = made, .swap = {"color=red:blue"}}, "back.h5");
  EXPECT_EQ(column(back, "x"), column(given, "x"));
}

TEST_F(ListedRows, SwappedCharactersAreThoseOfTheSameImagesDrawnWithTheOthers) {
  DatasetConfig other = config();
  other.chars = {"d", "a"};
  const std::string expected = drawn(other, "expected.h5");
  const std::string made =
      changed({.attributes = drawn(config(), "given.h5"), .swap = {"char=a:d"}}, "made.h5");
  EXPECT_EQ(column(made, "x"), column(expected, "x"));
  EXPECT_EQ(column(made, "mask"), column(expected, "mask"));
}

TEST_F(ListedRows, SwappedCharactersOfTextsAreAllButTheShapesOverThem) {
  const auto symbol = [](const char* text) {
    return std::string(R"({"char": ")") + text +
           R"(", "font": "DejaVu Sans", "scale": 0.4, "rotation": 0, "translation": [0, 0],)" +
           R"( "foreground": "red"})";
  };
  test::write_bytes(folder_ / "rows.jsonl", R"({"size": 24, "background": "black", "symbols": [)" +
                                                symbol("a") + "," + symbol("d") + "," +
                                                symbol("■") + "," + symbol("a") + "," +
                                                symbol("■") + "]}\n");
  const RowSource source =
      listed_rows({.attributes = folder_ / "rows.jsonl", .swap = {"char=a:d"}});
  Row row;
  source.fill(0, row);
  EXPECT_EQ(row.symbols, 4);
  std::u32string drawn;
  for (const Symbol& one : row.scene.symbols) drawn += one.character;
  EXPECT_EQ(drawn, U"da■d■");
  EXPECT_TRUE(source.format.counts);
}

TEST_F(ListedRows, AReplacedColumnIsThatFactorDrawnConstant) {
  expect_same("rotation=0.25", [](DatasetConfig& c) { c.rotation = 0.25; });
  expect_same("scale=0.5", [](DatasetConfig& c) { c.scale = 0.5; });
  expect_same("translation_y=-0.5", [](DatasetConfig& c) { c.translation_y = -0.5; });
  expect_same("bold=true", [](DatasetConfig& c) { c.bold = "true"; });
  expect_same("slant=false", [](DatasetConfig& c) { c.slant = "false"; });
  expect_same("inverse=true", [](DatasetConfig& c) { c.inverse = "true"; });
  expect_same("noise_scale=0.2", [](DatasetConfig& c) { c.noise = 0.2; });
  expect_same("font=DejaVu Serif", [](DatasetConfig& c) { c.fonts = {"DejaVu Serif"}; });
  expect_same("char=x", [](DatasetConfig& c) { c.chars = {"x"}; });
  expect_same("color=#00ff80", [](DatasetConfig& c) { c.colors = {"#00ff80"}; });
  expect_same("background=black", [](DatasetConfig& c) {
    c.background = "solid";
    c.background_colors = {"black"};
  });
}

TEST_F(ListedRows, RefusesChangesThatCannotBeMade) {
  const std::string given = drawn(config(), "given.h5");
  const auto swap = [&](const std::string& text) {
    return refusal([&] { (void)listed_rows({.attributes = given, .swap = {text}}); });
  };
  EXPECT_THAT(swap("color=bleu:red"), HasSubstr("no row has 'bleu' (did you mean 'blue'?)"));
  EXPECT_THAT(swap("color=blue:blue"), HasSubstr("both values are the same"));
  EXPECT_THAT(swap("color=blue"), HasSubstr("expected COLUMN=A:B"));
  EXPECT_THAT(swap("scale=1:2"), HasSubstr("'scale' cannot be swapped"));
  EXPECT_THAT(swap("bold=true:no"), HasSubstr("'no' is neither true nor false"));
  DatasetConfig plain = config();
  plain.colors = {};
  const std::string without = drawn(plain, "without.h5");
  EXPECT_THAT(refusal<InputError>(
                  [&] { (void)listed_rows({.attributes = without, .swap = {"color=blue:red"}}); }),
              HasSubstr("the rows have no column 'color'"));
  const auto replace = [&](const std::string& text) {
    return refusal([&] {
      const RowSource source = listed_rows({.attributes = given, .replace = {text}});
      Row row;
      for (std::uint64_t i = 0; i < source.rows; ++i) source.fill(i, row);
    });
  };
  EXPECT_THAT(replace("scale=-1"), HasSubstr("--replace scale=-1: expected a number from 0.001"));
  EXPECT_THAT(replace("rotatoin=1"), HasSubstr("did you mean 'rotation'?"));
  EXPECT_THAT(replace("char=鱼"), HasSubstr("row 0 cannot be changed"));
  EXPECT_THAT(replace("background=liner"), HasSubstr("is no color"));
}

TEST_F(ListedRows, ACsvFileSaysTheSameAsLinesOfJson) {
  const RowSource source =
      csv("char,color,font,bold,scale,rotation,translation_x,translation_y,background,size,split\n"
          "7,blue,DejaVu Sans,0,0.5,-0.25,0.1,1e-1,black,24,test\n"
          "\",\",red,DejaVu Serif,True,0.5,0,0,0,\"{\"\"type\"\": \"\"none\"\"}\",24,train\n");
  ASSERT_EQ(source.rows, 2U);
  EXPECT_THAT(source.format.vocabulary.chars, ElementsAre("7", ","));
  EXPECT_THAT(source.format.vocabulary.colors, ElementsAre("blue", "red"));
  Row row;
  source.fill(0, row);
  EXPECT_EQ(row.split, Split::kTest);
  EXPECT_EQ(row.scene.background, solid({0.0, 0.0, 0.0}));
  EXPECT_EQ(row.scene.symbols.at(0).foreground, solid({0.0, 0.0, 1.0}));
  EXPECT_EQ(row.scene.symbols.at(0).pose.translation, (std::array{0.1, 0.1}));
  EXPECT_EQ(row.scene.symbols.at(0).pose.rotation_rad, -0.25);
  source.fill(1, row);
  EXPECT_TRUE(row.scene.symbols.at(0).bold);
  EXPECT_EQ(row.scene.background, Pattern{});
}

TEST_F(ListedRows, RefusesACsvFileByRowAndColumn) {
  const auto refused = [&](const std::string& text) { return refusal([&] { (void)csv(text); }); };
  EXPECT_THAT(refused("char,rotatoin\na,0\n"),
              AllOf(HasSubstr("rows.csv"), HasSubstr("'rotatoin' (did you mean 'rotation'?)")));
  EXPECT_THAT(refused("char,char\na,a\n"), HasSubstr("two columns 'char'"));
  EXPECT_THAT(refused("char,scale\na\n"), HasSubstr("line 2 has 1 cells; expected 2"));
  EXPECT_THAT(refused("char\n\"a\n"),
              HasSubstr("line 2: this is no CSV: a quoted field does not end"));
  EXPECT_THAT(refused(""), HasSubstr("no line that names its columns"));
  EXPECT_THAT(refused("char,size\n"), HasSubstr("has no rows"));
  EXPECT_THAT(refused("char,size\na,24\n"), HasSubstr("line 2: the field 'background' is missing"));
}

TEST_F(ListedRows, RefusesADataSetThatWasDamagedAndAFileThatIsAnother) {
  const std::string given = drawn(config(), "given.h5");
  EXPECT_THAT(refusal([&] { (void)listed_rows({.attributes = given, .attributes_sha256 = "00"}); }),
              HasSubstr("is not the file that the rows were listed in"));
  std::string bytes = test::file_bytes(given);
  test::write_bytes(folder_ / "half.h5", bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(refusal([&] { (void)listed_rows({.attributes = folder_ / "half.h5"}); }),
              HasSubstr("half.h5 is truncated or damaged"));
}

}  // namespace
}  // namespace af::synth

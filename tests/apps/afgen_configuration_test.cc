#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"

/// Presets, distributions, tables and `afgen verify`, as a person uses them.
namespace af {
namespace {

namespace fs = std::filesystem;
using test::afgen;
using test::file_bytes;
using test::Outcome;
using test::run_program;
using test::TempDir;
using testing::AllOf;
using testing::HasSubstr;

class AfgenConfiguration : public test::AfgenInFolder {
 protected:
  /// With an output in the folder, which must be all that is in it, or nothing.
  Outcome made(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", folder_ / "out.h5", "--quiet"});
    return afgen(arguments);
  }
  template <class Matcher>
  void expect_refused(std::vector<std::string> arguments, int exit_code, const Matcher& sentence) {
    const Outcome outcome = made(std::move(arguments));
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_THAT(outcome.err, sentence);
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_TRUE(fs::is_empty(folder_.path()));
  }
  static std::vector<std::byte> bytes_of(const DatasetReader& file, const char* column) {
    std::vector<std::byte> bytes(file.rows() * file.column(column).item_bytes());
    file.read(column, 0, file.rows(), bytes);
    return bytes;
  }
  std::string file(const std::string& text) {
    test::write_bytes(elsewhere_ / "file.toml", text);
    return elsewhere_ / "file.toml";
  }

  TempDir elsewhere_;
};

TEST_F(AfgenConfiguration, PresetsAreListedPrintedAndDrawn) {
  EXPECT_THAT(afgen({"--list-presets"}).out, HasSubstr("\nmissing-symbol "));
  EXPECT_THAT(afgen({"--preset", "tiny", "--print-config"}).out,
              AllOf(HasSubstr("size = 8\n"), HasSubstr("grey = true\n")));
  ASSERT_EQ(made({"--preset", "segmentation", "--n", "20"}).exit_code, 0);
  const DatasetReader data(folder_ / "out.h5");
  EXPECT_EQ(data.column("x").item_shape, (std::vector<std::uint64_t>{128, 128, 3}));
  EXPECT_TRUE(data.has("symbols"));
}

TEST_F(AfgenConfiguration, APresetIsAFileThatAPersonMayCopyAndChange) {
  const std::string preset = AF_SOURCE_DIR "/presets/less-variations.toml";
  ASSERT_EQ(made({"--preset", "less-variations", "--n", "20", "--size", "24"}).exit_code, 0);
  const Outcome copied = afgen(
      {"--config", preset, "--n", "20", "--size", "24", "--quiet", "-o", folder_ / "copied.h5"});
  ASSERT_EQ(copied.exit_code, 0) << copied.err;
  EXPECT_EQ(file_bytes(folder_ / "out.h5"), file_bytes(folder_ / "copied.h5"));
}

TEST_F(AfgenConfiguration, ADataSetIsMadeAgainFromItself) {
  ASSERT_EQ(made({"--preset", "counting", "--n", "30", "--size", "32", "--seed", "5"}).exit_code,
            0);
  const std::string again = folder_ / "again.h5";
  const Outcome outcome =
      afgen({"--config-from", folder_ / "out.h5", "-o", again, "--quiet", "--threads", "1"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(file_bytes(again), file_bytes(folder_ / "out.h5"));
  EXPECT_THAT(afgen({"--config-from", again, "--n", "7", "--print-config"}).out,
              AllOf(HasSubstr("n = 7\n"), HasSubstr("seed = 5\n")));
}

TEST_F(AfgenConfiguration, ADataSetInSynbolsLayoutIsMadeAgainInIt) {
  ASSERT_EQ(made({"--n", "20", "--size", "16", "--layout", "synbols"}).exit_code, 0);
  ASSERT_EQ(
      afgen({"--config-from", folder_ / "out.h5", "-o", folder_ / "again.h5", "--quiet"}).exit_code,
      0);
  EXPECT_EQ(file_bytes(folder_ / "again.h5"), file_bytes(folder_ / "out.h5"));
  EXPECT_EQ(afgen({"verify", folder_ / "out.h5"}).exit_code, 0);
}

TEST_F(AfgenConfiguration, RowsInSynbolsLayoutAreDrawnAgainFromTheirTexts) {
  const std::vector<std::string> what{"--n",          "30",
                                      "--size",       "16",
                                      "--symbols",    "integers(1, 3)",
                                      "--occlusions", "1",
                                      "--background", "categorical(multi, camouflage, linear)",
                                      "--grey"};
  ASSERT_EQ(made(what).exit_code, 0);
  std::vector<std::string> words = what;
  words.insert(words.begin(), "afgen");
  for (const char* word : {"--layout", "synbols", "--quiet", "-o"}) words.emplace_back(word);
  words.push_back(folder_ / "texts.h5");
  ASSERT_EQ(run_program(words).exit_code, 0);
  ASSERT_EQ(afgen({"--attributes", folder_ / "texts.h5", "-o", folder_ / "b.h5"}).exit_code, 0);
  const DatasetReader columns(folder_ / "out.h5");
  const DatasetReader again(folder_ / "b.h5");
  for (const char* column : {"x", "mask", "symbols", "split"}) {
    EXPECT_EQ(bytes_of(again, column), bytes_of(columns, column)) << column;
  }
}

TEST_F(AfgenConfiguration, PicturesInSynbolsLayoutAreFoundAgain) {
  const std::vector<std::string> what{"--preset", "natural-patterns",         "--n",    "12",
                                      "--images", elsewhere_.path().string(), "--seed", "3"};
  ASSERT_EQ(afgen({"--n", "8", "-o", elsewhere_ / "x.h5", "--quiet", "--preview",
                   elsewhere_ / "picture.png"})
                .exit_code,
            0);
  fs::remove(elsewhere_ / "x.h5");
  ASSERT_EQ(made(what).exit_code, 0);
  std::vector<std::string> texts = what;
  texts.insert(texts.end(), {"--layout", "synbols", "--quiet", "-o", folder_ / "texts.h5"});
  ASSERT_EQ(afgen(texts).exit_code, 0);
  const Outcome outcome = afgen({"--attributes", folder_ / "texts.h5", "--images",
                                 elsewhere_.path().string(), "-o", folder_ / "b.h5", "--quiet"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(bytes_of(DatasetReader(folder_ / "b.h5"), "x"),
            bytes_of(DatasetReader(folder_ / "out.h5"), "x"));
}

TEST_F(AfgenConfiguration, ACompressedDataSetIsMadeAgainCompressed) {
  ASSERT_EQ(made({"--n", "20", "--size", "16", "--compress=7"}).exit_code, 0);
  ASSERT_EQ(
      afgen({"--config-from", folder_ / "out.h5", "-o", folder_ / "again.h5", "--quiet"}).exit_code,
      0);
  EXPECT_EQ(file_bytes(folder_ / "again.h5"), file_bytes(folder_ / "out.h5"));
}

TEST_F(AfgenConfiguration, CounterfactualsAreMadeAgainFromThemselvesToo) {
  ASSERT_EQ(made({"--n", "30", "--size", "32"}).exit_code, 0);
  const std::string given = folder_ / "out.h5";
  const std::string swapped = folder_ / "swapped.h5";
  ASSERT_EQ(afgen({"--attributes", given, "--swap", "color=blue:red", "--replace", "rotation=0",
                   "--quiet", "-o", swapped})
                .exit_code,
            0);
  ASSERT_EQ(afgen({"--config-from", swapped, "--quiet", "-o", folder_ / "again.h5"}).exit_code, 0);
  EXPECT_EQ(file_bytes(folder_ / "again.h5"), file_bytes(swapped));
  EXPECT_EQ(afgen({"verify", swapped}).exit_code, 0);
  const Outcome biased = afgen({"--config-from", swapped, "--p", "0.5", "-o", folder_ / "b.h5"});
  EXPECT_EQ(biased.exit_code, 2);
  EXPECT_THAT(biased.err, HasSubstr("--p says how to draw rows"));
  // The rows have become others.
  ASSERT_EQ(made({"--n", "31", "--size", "32", "--force"}).exit_code, 0);
  const Outcome other = afgen({"--config-from", swapped, "-o", folder_ / "b.h5"});
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("is not the file that the rows were listed in"));
}

TEST_F(AfgenConfiguration, RefusesToBeginWithWhatIsNoDataSet) {
  expect_refused({"--config-from", elsewhere_ / "none.h5"}, 3, HasSubstr("none.h5"));
  expect_refused({"--config-from", file("n = 5\n")}, 3, HasSubstr("is no HDF5 file"));
  expect_refused({"--config-from", "a.h5", "--preset", "tiny"}, 2, HasSubstr("expected one"));
  expect_refused({"--swap", "color=blue:red"}, 2, HasSubstr("expected --attributes FILE"));
  expect_refused({"--attributes", "a.h5", "--set", "rotation=0"}, 2, HasSubstr("--set"));
}

TEST_F(AfgenConfiguration, AFactorIsADistribution) {
  const Outcome by_set = afgen({"--set", "rotation=normal(0, 0.1)", "--set",
                                "bold=categorical(true: 3, false)", "--print-config"});
  EXPECT_THAT(by_set.out, AllOf(HasSubstr("rotation = 'normal(0, 0.1)'\n"),
                                HasSubstr("bold = 'categorical(true: 3, false)'\n")))
      << by_set.err;
  EXPECT_EQ(by_set.out, afgen({"--rotation", "normal(0, 0.1)", "--bold",
                               "categorical(true: 3, false)", "--print-config"})
                            .out);
  EXPECT_THAT(
      afgen({"--bias", "none", "--set", "char=categorical(a: 3, b: 1)", "--print-config"}).out,
      AllOf(HasSubstr("chars = ['a', 'b']\n"), HasSubstr("'a' = 0.75")));
}

TEST_F(AfgenConfiguration, ATableTiesFactors) {
  const std::string table = file(
      "color = { blue = 0.8, red = 0.2 }\n"
      "\"char | color\" = { blue = { a = 1 }, red = { d = 0.5, x = 0.5 } }\n"
      "\"font | char\" = { a = { \"DejaVu Sans\" = 1 }, d = { \"DejaVu Serif\" = 1 }, "
      "x = { \"DejaVu Serif\" = 1 } }\n");
  const Outcome outcome = made({"--table", table, "--n", "1000", "--draws", "quota"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const DatasetReader data(folder_ / "out.h5");
  EXPECT_EQ(data.categorical("char").vocabulary, (std::vector<std::string>{"a", "d", "x"}));
  const auto chars = data.read_all<std::uint16_t>("char");
  EXPECT_EQ(std::count(chars.begin(), chars.end(), 0), 800);
  EXPECT_EQ(std::count(chars.begin(), chars.end(), 2), 100);
  const Outcome verified = afgen({"verify", folder_ / "out.h5"});
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_THAT(verified.out, AllOf(HasSubstr("is whole: 1000 rows"), HasSubstr("as configured")));
}

TEST_F(AfgenConfiguration, RefusesWhatIsNoDistribution) {
  expect_refused({"--table", file("color = { blue = 0.5, red = 0.4 }\n")}, 2,
                 HasSubstr("file.toml: P(color) sums to 0.9; expected 1"));
  expect_refused({"--table", file("\"char | char\" = { a = { a = 1 } }\n")}, 2,
                 HasSubstr("depend on itself"));
  expect_refused({"--table", elsewhere_ / "none.toml"}, 3, HasSubstr("none.toml"));
  expect_refused({"--table", file("color = \n")}, 2, HasSubstr("line 1"));
  expect_refused({"--set", "rotation=normal(0, -1)"}, 2,
                 AllOf(HasSubstr("rotation"), HasSubstr("normal(0, -1)"), HasSubstr("deviation")));
  expect_refused({"--set", "scale=uniform(-1, 1)"}, 2,
                 HasSubstr("scale is uniform(-1, 1); expected 0.001 to 20"));
  expect_refused({"--set", "symbols=uniform(1, 3)"}, 2, HasSubstr("symbols is uniform(1, 3)"));
  expect_refused({"--set", "rotatoin=0"}, 2, HasSubstr("did you mean 'rotation'?"));
  expect_refused({"--set", "rotation"}, 2, HasSubstr("expected FACTOR=DISTRIBUTION"));
  expect_refused({"--set", "char=categorical(a: 1, b: 1)"}, 2, HasSubstr("char is tied to color"));
  expect_refused({"--background", "liner"}, 2, HasSubstr("did you mean 'linear'?"));
  expect_refused({"--foreground", "multi"}, 2, HasSubstr("foreground is 'multi'"));
  expect_refused({"--bold", "perhaps"}, 2, HasSubstr("bold is 'perhaps'"));
  expect_refused({"--p", "0.9", "--table", "bias.toml"}, 2, HasSubstr("--table"));
}

TEST_F(AfgenConfiguration, RefusesPresetsAndKeysThatAreNot) {
  expect_refused({"--preset", "camoflage"}, 2, HasSubstr("did you mean 'camouflage'?"));
  expect_refused({"--config", file("n = 5\nrotatoin = 0\n")}, 2,
                 AllOf(HasSubstr("line 2"), HasSubstr("'rotatoin'"), HasSubstr("'rotation'")));
  expect_refused({"--config", file("n = 5\n\nrotation = [1]\n")}, 2,
                 AllOf(HasSubstr("line 3"), HasSubstr("rotation")));
  expect_refused({"--config", file("table = 5\n")}, 2,
                 AllOf(HasSubstr("line 1"), HasSubstr("'table' is not a table")));
}

TEST_F(AfgenConfiguration, RefusesPicturesThatAreNone) {
  expect_refused({"--preset", "natural-patterns"}, 2,
                 HasSubstr("images is empty; expected a folder of pictures"));
  expect_refused({"--preset", "natural-patterns", "--images", elsewhere_.path().string()}, 3,
                 HasSubstr("holds no picture"));
  test::write_bytes(elsewhere_ / "a.png", "no picture");
  expect_refused({"--preset", "natural-patterns", "--images", elsewhere_.path().string()}, 3,
                 HasSubstr("a.png cannot be decoded as a picture"));
}

TEST_F(AfgenConfiguration, SaysWhatAPresetNeedsThatIsNotThere) {
  const Outcome outcome = made({"--preset", "korean-1k", "--n", "2"});
  if (outcome.exit_code == 0) GTEST_SKIP() << "the Korean fonts are installed";
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("the preset korean-1k needs Debian's packages fonts-nanum"));
}

TEST_F(AfgenConfiguration, VerifyTellsADamagedFileFromAnotherBias) {
  ASSERT_EQ(made({"--n", "300", "--size", "16"}).exit_code, 0);
  const std::string path = folder_ / "out.h5";
  EXPECT_EQ(afgen({"verify", path}).exit_code, 0);
  EXPECT_THAT(afgen({"verify", path, "--json"}).out,
              AllOf(HasSubstr("\"verdict\":\"as configured\""), HasSubstr("\"power\":")));
  // Another configured bias in the same file, p = 0.5 instead of 0.9.
  std::string bytes = file_bytes(path);
  const std::size_t at = bytes.find("p = 0.9\n");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 6] = '5';
  test::write_bytes(folder_ / "other.h5", bytes);
  const Outcome other = afgen({"verify", folder_ / "other.h5"});
  EXPECT_EQ(other.exit_code, 1) << other.err;
  EXPECT_THAT(other.out, HasSubstr("not as configured"));
  test::write_bytes(folder_ / "half.h5", bytes.substr(0, bytes.size() / 2));
  const Outcome half = afgen({"verify", folder_ / "half.h5"});
  EXPECT_EQ(half.exit_code, 3);
  EXPECT_THAT(half.err, HasSubstr("half.h5"));
  EXPECT_EQ(afgen({"verify", folder_ / "none.h5"}).exit_code, 3);
  EXPECT_EQ(afgen({"verify", path, "--alpha", "2"}).exit_code, 2);
  EXPECT_EQ(afgen({"verify"}).exit_code, 2);
  EXPECT_THAT(afgen({"--n", "5", "verify", path}).err, HasSubstr("--n is no option"));
  EXPECT_EQ(afgen({"verify", path, "--n", "5"}).exit_code, 2);
}

}  // namespace
}  // namespace af

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"

/// The program as a person runs it.
namespace af {
namespace {

namespace fs = std::filesystem;
using test::afgen;
using test::file_bytes;
using test::Outcome;
using test::run_program;
using test::TempDir;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Afgen, WritesADataSetAndPrintsItsPath) {
  const TempDir folder;
  const Outcome outcome = afgen({"--p", "0.9", "--n", "200", "-o", folder / "a.h5"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, folder / "a.h5\n");
  const DatasetReader file(folder / "a.h5");
  EXPECT_EQ(file.rows(), 200U);
  EXPECT_EQ(file.column("x").item_shape, (std::vector<std::uint64_t>{64, 64, 3}));
  EXPECT_EQ(file.categorical("split").vocabulary,
            (std::vector<std::string>{"train", "val", "test"}));
}

TEST(Afgen, NamesTheFileByWhatIsInIt) {
  const TempDir folder;
  const std::string command =
      "cd '" + folder.path().string() + "' && '" AF_BIN_DIR "/afgen' --p 0.5 --n 5 --seed 3";
  const Outcome outcome = run_program({"/bin/sh", "-c", command});
  EXPECT_EQ(outcome.out, "af_p0.5_n5_s3.h5\n") << outcome.err;
  EXPECT_TRUE(fs::exists(folder / "af_p0.5_n5_s3.h5"));
}

TEST(Afgen, PrintsJsonWhenAsked) {
  const TempDir folder;
  const Outcome outcome = afgen({"--n", "5", "-o", folder / "a.h5", "--json", "--quiet"});
  EXPECT_EQ(outcome.out, R"({"path":")" + (folder / "a.h5") + R"(","rows":5})" + "\n");
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(Afgen, EqualCommandsGiveEqualBytesWhateverTheThreads) {
  const TempDir folder;
  for (const std::string threads : {"1", "3"}) {
    const Outcome outcome = afgen({"--n", "600", "--size", "32", "--occlusions", "1", "--threads",
                                   threads, "-o", folder / (threads + ".h5")});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  EXPECT_EQ(file_bytes(folder / "1.h5"), file_bytes(folder / "3.h5"));
}

TEST(Afgen, ConfigurationOfAFileMakesItAgain) {
  const TempDir folder;
  const std::vector<std::string> options{"--n",   "50",       "--p",       "0.7",     "--chars",
                                         "a,é,■", "--colors", "navy,gold", "--draws", "quota"};
  std::vector<std::string> first = options;
  first.insert(first.end(), {"-o", folder / "a.h5"});
  ASSERT_EQ(afgen(first).exit_code, 0);
  const DatasetReader file(folder / "a.h5");
  test::write_bytes(folder / "a.toml", file.text_attribute("configuration"));
  ASSERT_EQ(afgen({"--config", folder / "a.toml", "-o", folder / "b.h5"}).exit_code, 0);
  EXPECT_EQ(file_bytes(folder / "a.h5"), file_bytes(folder / "b.h5"));
}

TEST(Afgen, PrintsTheConfigurationItWouldStore) {
  const TempDir folder;
  const Outcome outcome = afgen({"--p", "0.25", "--print-config"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("p = 0.25\n"));
  ASSERT_EQ(afgen({"--p", "0.25", "--n", "10000", "-o", folder / "a.h5"}).exit_code, 0);
  EXPECT_EQ(DatasetReader(folder / "a.h5").text_attribute("configuration"), outcome.out);
}

TEST(Afgen, RendersListedRows) {
  const TempDir folder;
  const std::string rows = AF_SOURCE_DIR "/tests/golden/synbols_reference_64_rgb";
  const Outcome outcome = afgen({"--attributes", rows + ".jsonl", "-o", folder / "a.h5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const DatasetReader ours(folder / "a.h5");
  const DatasetReader synbols(rows + ".h5", FileKind::kAnyHdf5);
  EXPECT_EQ(ours.read_all<std::uint8_t>("x"), synbols.read_all<std::uint8_t>("x"));
}

/// What the linker says of the libraries that `afgen` loads with these arguments.
std::string loaded(const std::string& arguments) {
  const std::string program = "LD_DEBUG=files '" AF_BIN_DIR "/afgen' " + arguments;
  const Outcome outcome = run_program({"/bin/sh", "-c", program});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return outcome.err;
}

TEST(Afgen, LoadsTheCodecsOfPicturesOnlyWhenItNeedsThem) {
  const TempDir folder;
  const std::string draw = "--n 5 --quiet -o " + folder / "a.h5";
  EXPECT_THAT(loaded(draw), Not(HasSubstr("opencv_imgcodecs")));
  EXPECT_THAT(loaded(draw + " --force --preview " + folder / "a.png"),
              HasSubstr("opencv_imgcodecs"));
}

TEST(Afgen, MakesAContactSheet) {
  const TempDir folder;
  const Outcome outcome =
      afgen({"--n", "20", "-o", folder / "a.h5", "--preview", folder / "a.png"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(file_bytes(folder / "a.png").substr(1, 3), "PNG");
}

}  // namespace
}  // namespace af

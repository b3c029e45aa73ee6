#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"

/// Data sets that are made in parts and put together.
namespace af {
namespace {

namespace fs = std::filesystem;
using test::afgen;
using test::file_bytes;
using test::Outcome;
using test::run_program;
using testing::AllOf;
using testing::HasSubstr;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 5;

class AfgenShards : public test::AfgenInFolder {
 protected:
  /// Makes all parts and gives the words of a command that merges them.
  std::vector<std::string> merging(const std::vector<std::string>& arguments, int count) {
    std::vector<std::string> words{"merge", "--quiet"};
    for (int i = 1; i <= count; ++i) {
      std::vector<std::string> with = arguments;
      with.insert(with.end(), {"--shard", std::to_string(i) + "/" + std::to_string(count)});
      const std::string name = "part" + std::to_string(i) + ".h5";
      make(with, name);
      words.push_back(path(name));
    }
    return words;
  }
  Outcome merge(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return afgen(words);
  }
  void expect_refused(const Outcome& outcome, int exit_code, const std::string& sentence) {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, AllOf(testing::StartsWith("afgen: error: "), HasSubstr(sentence)));
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
};

TEST_F(AfgenShards, MergeToTheBytesOfTheWhole) {
  const std::vector<std::vector<std::string>> makings{
      {"--n", "301"},
      {"--n", "301", "--draws", "quota", "--p", "0.83", "--occlusions", "1"},
      {"--n", "101", "--preset", "counting", "--compress"},
      {"--attributes", AF_SOURCE_DIR "/tests/golden/synbols_scenes_32_rgb.jsonl"}};
  for (const auto& making : makings) {
    std::vector<std::string> whole{making};
    whole.insert(whole.begin(), "afgen");
    whole.insert(whole.end(), {"--quiet", "--force", "-o", path("whole.h5")});
    ASSERT_EQ(run_program(whole).exit_code, 0);
    std::vector<std::string> words{"merge", "--quiet", "--force", "-o", path("merged.h5")};
    for (const std::string shard : {"3/3", "1/3", "2/3"}) {
      std::vector<std::string> part{whole};
      part.back() = path("part" + shard.substr(0, 1) + ".h5");
      part.insert(part.end(), {"--shard", shard});
      ASSERT_EQ(run_program(part).exit_code, 0);
      words.push_back(part[part.size() - 3]);
    }
    const Outcome outcome = afgen(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, path("merged.h5") + "\n");
    EXPECT_TRUE(file_bytes(path("merged.h5")) == file_bytes(path("whole.h5"))) << making.back();
  }
}

TEST_F(AfgenShards, VerifyKnowsThemAndWhatRefersToThem) {
  const auto words = merging({"--n", "200", "--draws", "quota", "--p", "0.77"}, 3);
  ASSERT_EQ(merge(words, {"--virtual", "-o", path("all.h5")}).exit_code, 0);
  const Outcome part = afgen({"verify", path("part2.h5")});
  EXPECT_EQ(part.exit_code, 0) << part.out << part.err;
  EXPECT_THAT(part.out, AllOf(HasSubstr("67 rows from row 66 on, shard 2/3"),
                              HasSubstr("The bias is as configured")));
  const Outcome whole = afgen({"verify", path("all.h5")});
  EXPECT_EQ(whole.exit_code, 0) << whole.out << whole.err;
  EXPECT_THAT(whole.out, AllOf(HasSubstr("200 rows; 100 drawn again"),
                               HasSubstr("The bias is as configured")));
  fs::remove(path("part3.h5"));
  expect_refused(afgen({"verify", path("all.h5")}), kInput, "part3.h5 does not exist");
}

TEST_F(AfgenShards, ThatDoNotMakeAWholeAreRefusedAndNothingIsWritten) {
  const auto words = merging({"--n", "60"}, 3);
  make({"--n", "60", "--seed", "1", "--shard", "2/3"}, "foreign.h5");
  const std::string part = path("part1.h5");
  const std::vector<std::string> out{"-o", path("all.h5")};
  const auto of = [&](std::vector<std::string> parts) {
    parts.insert(parts.begin(), "merge");
    return merge(parts, out);
  };
  expect_refused(
      of({part, path("foreign.h5"), path("part3.h5")}), kInput,
      "foreign.h5 does not belong together with " + part +
          ": the attribute 'configuration' has 'seed = 1' where the other has 'seed = 0'");
  expect_refused(of({part, path("part3.h5")}), kInput, "1 of 3 shards is missing: 2");
  expect_refused(of({part, part, path("part2.h5"), path("part3.h5")}), kInput,
                 "are both shard 1/3");
  expect_refused(of({part, path("part2.h5"), path("none.h5")}), kInput, "none.h5 does not exist");
  const std::string bytes = file_bytes(path("part2.h5"));
  test::write_bytes(path("cut.h5"), bytes.substr(0, bytes.size() / 2));
  expect_refused(of({part, path("cut.h5"), path("part3.h5")}), kInput, "cut.h5 is truncated");
  fs::copy(path("part2.h5"), path("part2.h5.part"));
  expect_refused(of({part, path("part2.h5.part"), path("part3.h5")}), kInput, "is not complete");
  EXPECT_FALSE(fs::exists(path("all.h5")));
  EXPECT_FALSE(fs::exists(path("all.h5.part")));
}

/// Bytes of the metadata are overwritten: a sentence and exit code 3, or, where it did not matter,
/// a file.
TEST_F(AfgenShards, DamagedAnywhereAreSurvived) {
  const auto words = merging({"--n", "20"}, 2);
  const std::string whole = file_bytes(path("part2.h5"));
  std::mt19937 draws(1);
  int refused = 0;
  for (int i = 0; i < 25; ++i) {
    std::string bytes = whole;
    for (int change = 0; change < 10; ++change) {
      bytes[draws() % 20'000] = static_cast<char>(draws() % 256);
    }
    test::write_bytes(path("part2.h5"), bytes);
    const Outcome outcome = merge(words, {"--force", "-o", path("all.h5")});
    if (outcome.exit_code == 0) continue;
    ++refused;
    expect_refused(outcome, kInput, "part2.h5");
    EXPECT_FALSE(fs::exists(path("all.h5.part")));
  }
  EXPECT_GT(refused, 0);
}

TEST_F(AfgenShards, MergeLeavesWhatIsThere) {
  const auto words = merging({"--n", "20"}, 2);
  test::write_bytes(path("all.h5"), "mine");
  for (const std::string kind : {"--copy", "--virtual"}) {
    expect_refused(merge(words, {kind, "-o", path("all.h5")}), kOutput, "give --force");
    EXPECT_EQ(file_bytes(path("all.h5")), "mine");
  }
  expect_refused(merge(words, {"--force", "-o", path("part1.h5")}), kUsage, "one of the parts");
  expect_refused(merge(words, {"--copy", "--virtual", "-o", path("b.h5")}), kUsage, "--virtual");
  expect_refused(merge(words, {}), kUsage, "--output");
  expect_refused(afgen({"--n", "5", "merge", path("part1.h5"), "-o", path("b.h5")}), kUsage,
                 "--n is no option of afgen merge");
  EXPECT_EQ(DatasetReader(path("part1.h5")).rows(), 10U);
}

TEST_F(AfgenShards, AreNumberedByTheScheduler) {
  // What Slurm and Open MPI tell a process; docs/scaling.md tells how it went with them.
  const auto with = [&](const std::string& variables) {
    return run_program({"/bin/sh", "-c",
                        "cd '" + folder_.path().string() +
                            "'; unset SLURM_PROCID; AFGEN='" AF_BIN_DIR "/afgen' " + variables +
                            " sh '" AF_SOURCE_DIR "/docs/scaling/shard.sh' a --n 30 --size 16"});
  };
  make({"--n", "30"}, "whole.h5");
  EXPECT_EQ(with("SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=3").out, "a-2-of-3.h5\n");
  EXPECT_EQ(with("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=1 SHARDS=3").out, "a-1-of-3.h5\n");
  EXPECT_EQ(with("OMPI_COMM_WORLD_RANK=2 OMPI_COMM_WORLD_SIZE=3").out, "a-3-of-3.h5\n");
  const std::string before = file_bytes(path("a-3-of-3.h5"));
  EXPECT_EQ(with("SLURM_PROCID=2 SLURM_NTASKS=3").out, "a-3-of-3.h5 is there\n");
  EXPECT_TRUE(file_bytes(path("a-3-of-3.h5")) == before);
  EXPECT_EQ(with("").exit_code, kUsage);
  std::vector<std::string> words{"merge", "--quiet"};
  for (const char* i : {"1", "2", "3"}) {
    words.push_back(path("a-" + std::string(i) + "-of-3.h5"));
  }
  ASSERT_EQ(merge(words, {"-o", path("merged.h5")}).exit_code, 0);
  EXPECT_TRUE(file_bytes(path("merged.h5")) == file_bytes(path("whole.h5")));
}

TEST_F(AfgenShards, ImpossibleOnes) {
  for (const std::string shard : {"0/8", "9/8", "8", "a/b", "1/0"}) {
    expect_refused(afgen({"--shard", shard, "-o", path("a.h5")}), kUsage,
                   "shard is '" + shard + "'; expected I/K such as 2/8");
  }
  expect_refused(afgen({"--n", "7", "--shard", "1/8", "-o", path("a.h5")}), kUsage,
                 "at most as many shards as rows");
  expect_refused(afgen({"--compress=10", "-o", path("a.h5")}), kUsage, "--compress");
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

}  // namespace
}  // namespace af

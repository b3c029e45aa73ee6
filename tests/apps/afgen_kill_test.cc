#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "core/errors.h"
#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

/// What is left of a run that is killed, whenever that is.
namespace af {
namespace {

namespace fs = std::filesystem;
using test::file_bytes;
using test::run_program;
using testing::HasSubstr;

class AfgenKilled : public test::AfgenInFolder {
 protected:
  /// Processor time of a command that runs to its end.
  static double cpu_seconds(const std::vector<std::string>& argv) {
    const test::Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.cpu_seconds;
  }

  /// Runs a command that writes out.h5 with --force and kills it, again and again, at moments
  /// spread over the time that it takes.
  void kill_often(const std::vector<std::string>& argv, int times, unsigned seed) {
    test::write_bytes(path("out.h5"), "old");
    const double whole = cpu_seconds(argv);
    const std::string made = file_bytes(path("out.h5"));
    test::write_bytes(path("made.h5"), made);
    std::mt19937 moments(seed);
    std::uniform_real_distribution<double> share(0.0, 1.05);
    int halfway = 0;
    for (int i = 0; i < times; ++i) {
      test::write_bytes(path("out.h5"), "old");
      (void)test::run_and_kill_at_cpu(argv, whole * share(moments));
      const std::string found = file_bytes(path("out.h5"));
      EXPECT_TRUE(found == "old" || found == made) << "neither the old file nor the new one";
      if (!fs::exists(path("out.h5.part"))) continue;
      ++halfway;
      EXPECT_EQ(found, "old");
      expect_unusable("out.h5.part");
      // Not by its name alone, unless the kill came between the mark `complete` and the renaming.
      fs::rename(path("out.h5.part"), path("renamed.h5"));
      if (!holds_what("made.h5", "renamed.h5")) expect_unusable("renamed.h5");
    }
    EXPECT_GT(halfway, 0) << "none of the moments lay in the writing";
    // What was left is in nobody's way.
    EXPECT_EQ(run_program(argv).exit_code, 0);
    EXPECT_TRUE(file_bytes(path("out.h5")) == made);
    EXPECT_FALSE(fs::exists(path("out.h5.part")));
  }

  /// Whether a file can be read and has every attribute, column and row of another. HDF5 may have
  /// been about to cut off what it had asked for too much: bytes say less.
  bool holds_what(const std::string& whole, const std::string& name) {
    try {
      const DatasetReader expected(path(whole));
      const DatasetReader found(path(name));
      EXPECT_EQ(found.attributes(), expected.attributes());
      EXPECT_EQ(found.columns(), expected.columns());
      for (const Column& column : expected.columns()) {
        std::vector<std::byte> a(expected.rows() * column.item_bytes());
        std::vector<std::byte> b(a.size());
        expected.read(column.name, 0, expected.rows(), a);
        found.read(column.name, 0, expected.rows(), b);
        EXPECT_TRUE(a == b) << column.name;
      }
      return true;
    } catch (const InputError&) {
      return false;
    }
  }

  void expect_unusable(const std::string& name) {
    EXPECT_THAT(test::refusal<InputError>([&] { const DatasetReader reader(path(name)); }),
                HasSubstr(path(name) + " is "));
  }
};

TEST_F(AfgenKilled, LeavesTheOldFileOrTheNewOne) {
  kill_often({"afgen", "--n", "1500", "--size", "32", "--threads", "2", "--quiet", "--force", "-o",
              path("out.h5")},
             50, 1);
}

TEST_F(AfgenKilled, WhileCompressing) {
  kill_often({"afgen", "--n", "300", "--size", "32", "--compress=1", "--quiet", "--force", "-o",
              path("out.h5")},
             15, 2);
}

TEST_F(AfgenKilled, WhileMerging) {
  std::vector<std::string> merge{"afgen", "merge", "--quiet", "--force", "-o", path("out.h5")};
  for (const std::string shard : {"1/2", "2/2"}) {
    merge.push_back(path("part" + shard.substr(0, 1) + ".h5"));
    ASSERT_EQ(run_program({"afgen", "--n", "2000", "--size", "32", "--shard", shard, "--quiet",
                           "-o", merge.back()})
                  .exit_code,
              0);
  }
  const std::string before = file_bytes(path("part1.h5")) + file_bytes(path("part2.h5"));
  kill_often(merge, 30, 3);
  EXPECT_TRUE(file_bytes(path("part1.h5")) + file_bytes(path("part2.h5")) == before);
}

}  // namespace
}  // namespace af

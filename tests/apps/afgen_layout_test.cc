#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "tests/apps/afgen_command.h"
#include "tests/support/program.h"

/// Files in the layout of the package Synbols.
namespace af {
namespace {

using nlohmann::json;
using test::run_program;
using testing::HasSubstr;

class AfgenSynbolsLayout : public test::AfgenInFolder {
 protected:
  static std::string succeed(const std::vector<std::string>& argv) {
    const test::Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, 0) << argv[0] << ": " << outcome.err;
    return outcome.out;
  }
  static std::int64_t sum(const std::vector<std::uint8_t>& values) {
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
  }
};

TEST_F(AfgenSynbolsLayout, IsReadByThePackageItself) {
  const char* python = std::getenv("AF_ORACLE_PYTHON");
  if (python == nullptr)
    GTEST_SKIP() << "AF_ORACLE_PYTHON names no interpreter; ./dev test sets it";
  const std::vector<std::string> options{"--n", "60", "--size", "32", "--quiet"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), "afgen");
    more.insert(more.end(), options.begin(), options.end());
    return succeed(more);
  };
  with({"-o", path("typed.h5")});
  with({"--layout", "synbols", "-o", path("whole.h5")});
  with({"--layout", "synbols", "--compress", "-o", path("small.h5")});
  with({"--layout", "synbols", "--shard", "1/2", "-o", path("part1.h5")});
  with({"--layout", "synbols", "--shard", "2/2", "-o", path("part2.h5")});
  for (const std::string kind : {"copy", "virtual"}) {
    succeed({"afgen", "merge", "--quiet", "--" + kind, path("part1.h5"), path("part2.h5"), "-o",
             path(kind + ".h5")});
  }
  const DatasetReader typed(path("typed.h5"));
  const auto chars = typed.read_all<std::uint16_t>("char");
  const auto splits = typed.read_all<std::uint16_t>("split");
  for (const std::string name : {"whole.h5", "small.h5", "copy.h5", "virtual.h5"}) {
    const json seen =
        json::parse(succeed({python, AF_SOURCE_DIR "/tests/oracle/load_synbols.py", path(name)}));
    EXPECT_EQ(seen["x"], json({{60, 32, 32, 3}, "uint8", sum(typed.read_all<std::uint8_t>("x"))}));
    EXPECT_EQ(seen["mask"],
              json({{60, 32, 32}, "uint8", sum(typed.read_all<std::uint8_t>("mask"))}));
    ASSERT_EQ(seen["y"].size(), 60U);
    for (std::size_t i = 0; i < 60; ++i) {
      EXPECT_EQ(seen["y"][i]["char"], typed.column("char").vocabulary[chars[i]]);
    }
    EXPECT_EQ(seen["splits"]["random"][0], "bool");
    EXPECT_EQ(seen["train"], std::ranges::count(splits, 0));
    EXPECT_EQ(seen["grid"][0].size(), 2U);
  }
}

TEST_F(AfgenSynbolsLayout, IsVerifiedAndNotShown) {
  succeed({"afgen", "--n", "60", "--layout", "synbols", "--quiet", "-o", path("a.h5")});
  EXPECT_THAT(succeed({"afgen", "verify", path("a.h5")}), HasSubstr("The bias is as configured"));
  const test::Outcome outcome = run_program({"afgen", "--n", "60", "--layout", "synbols",
                                             "--preview", path("a.png"), "-o", path("b.h5")});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--preview"));
}

}  // namespace
}  // namespace af

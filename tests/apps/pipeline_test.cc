#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/program.h"

/// The three programs one after the other, as a person runs them, and the files between them read
/// by the programs that people have already.
namespace af {
namespace {

using nlohmann::json;
using test::file_bytes;
using test::run_program;

using Record = std::map<std::string, std::string>;

/// The records of a CSV file without quoted fields, by column.
std::vector<Record> csv_records(const std::string& text) {
  const auto split = [](const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line + ",");
    for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
    return fields;
  };
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> header = split(line);
  std::vector<Record> records;
  while (std::getline(lines, line)) {
    const std::vector<std::string> fields = split(line);
    Record& record = records.emplace_back();
    for (std::size_t i = 0; i < header.size(); ++i) record[header[i]] = fields.at(i);
  }
  return records;
}

/// One small study, made once for all tests of this file (they run in one process).
class Pipeline : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new test::TempDir;
    succeed({"afgen", "--p", "0.9", "--n", "300", "--size", "32", "--seed", "1", "--quiet", "-o",
             path("train.h5")});
    succeed({"afgen", "--p", "0.5", "--n", "120", "--size", "32", "--seed", "2", "--quiet", "-o",
             path("test.h5")});
    succeed({"afal",
             "--train",
             path("train.h5"),
             "--test",
             path("test.h5"),
             "--heuristics",
             "bald,random",
             "--seeds",
             "2",
             "--initial",
             "60",
             "--query",
             "20",
             "--budget",
             "100",
             "--epochs",
             "3",
             "--draws",
             "5",
             "--quiet",
             "-o",
             path("run")});
  }
  static void TearDownTestSuite() { delete folder_; }

  static std::string path(const std::string& name) { return *folder_ / name; }

  static std::string succeed(const std::vector<std::string>& argv) {
    const test::Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, 0) << argv[0] << ": " << outcome.err;
    return outcome.out;
  }
  static json audit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "afaudit");
    arguments.insert(arguments.end(), {"--format", "json"});
    return json::parse(succeed(arguments));
  }

 private:
  static inline test::TempDir* folder_ = nullptr;
};

TEST_F(Pipeline, LabelsGrowFromOneInitialSetByTheQuery) {
  for (const std::string seed : {"0", "1"}) {
    std::map<std::string, std::set<std::string>> initial;
    for (const std::string heuristic : {"bald", "random"}) {
      const auto rows =
          csv_records(file_bytes(path("run/" + heuristic + "/seed-" + seed + "/labelled.csv")));
      ASSERT_EQ(rows.size(), 100U);
      std::set<std::string> distinct;
      for (const Record& row : rows) {
        distinct.insert(row.at("row"));
        if (row.at("step") == "0") initial[heuristic].insert(row.at("row"));
      }
      EXPECT_EQ(distinct.size(), 100U) << "a row was labelled twice";
    }
    EXPECT_EQ(initial["bald"].size(), 60U);
    EXPECT_EQ(initial["bald"], initial["random"]);
  }
}

TEST_F(Pipeline, AuditOfThePredictionsAgreesWithTheRunsOwnMetrics) {
  const auto metrics = csv_records(file_bytes(path("run/metrics.csv")));
  ASSERT_EQ(metrics.size(), 2U * 2U * 3U);
  for (const Record& row : metrics) {
    if (row.at("step") != "2") continue;
    const json report =
        audit({path("run/" + row.at("heuristic") + "/seed-" + row.at("seed") + "/predictions.csv"),
               "--label", "label", "--prediction", "prediction", "--group", "color"});
    EXPECT_NEAR(report["overall"]["accuracy"]["value"], std::stod(row.at("accuracy")), 1e-12);
    for (const std::string name : {"equalized_odds_difference", "demographic_parity_difference"}) {
      EXPECT_NEAR(report["disparities"][name]["value"], std::stod(row.at(name)), 1e-12) << name;
    }
  }
}

TEST_F(Pipeline, AuditOfALabelledSubsetCountsEveryLabelledRow) {
  const json report = audit({path("train.h5"), "--subset", path("run/bald/seed-0/labelled.csv")});
  std::uint64_t total = 0;
  for (const json& cell : report["counts"]) total += cell["count"].get<std::uint64_t>();
  EXPECT_EQ(total, 100U);
  EXPECT_EQ(report["counts"].size(), 4U);
}

TEST_F(Pipeline, StockReadersAgreeOnTheDataSet) {
  const char* python = std::getenv("AF_ORACLE_PYTHON");
  if (python == nullptr)
    GTEST_SKIP() << "AF_ORACLE_PYTHON names no interpreter; ./dev test sets it";
  const json seen = json::parse(
      succeed({python, AF_SOURCE_DIR "/tests/oracle/read_dataset.py", path("train.h5")}));
  EXPECT_EQ(seen["rows"], 300);
  EXPECT_EQ(seen["complete"], 1);
  EXPECT_EQ(seen["shapes"]["x"], json::array({300, 32, 32, 3}));
  EXPECT_EQ(seen["types"]["x"], "uint8");
  EXPECT_EQ(seen["vocabularies"]["color"], json::array({"blue", "red"}));
  const json report = audit({path("train.h5")});
  for (const json& cell : report["counts"]) {
    EXPECT_EQ(cell["count"],
              seen["counts"][cell["color"].get<std::string>()][cell["char"].get<std::string>()]);
  }
}

TEST_F(Pipeline, PartsPutTogetherAreTheDataSetForEveryProgram) {
  std::vector<std::string> parts;
  for (const std::string shard : {"1/3", "2/3", "3/3"}) {
    parts.push_back(path("part" + shard.substr(0, 1) + ".h5"));
    succeed({"afgen", "--p", "0.9", "--n", "300", "--size", "32", "--seed", "1", "--quiet",
             "--shard", shard, "-o", parts.back()});
  }
  const auto labelled = [&](const std::string& train) {
    const std::string run = path("run-on-" + train);
    succeed({"afal",         "--train", path(train), "--test",   path("test.h5"),
             "--heuristics", "bald",    "--seeds",   "1",        "--initial",
             "40",           "--query", "20",        "--budget", "60",
             "--epochs",     "1",       "--draws",   "2",        "--quiet",
             "-o",           run});
    return file_bytes(run + "/bald/seed-0/labelled.csv");
  };
  const std::string expected = labelled("train.h5");
  json counts = audit({path("train.h5")})["counts"];
  for (const std::string kind : {"copy", "virtual"}) {
    const std::string name = kind + ".h5";
    std::vector<std::string> merge{"afgen", "merge", "--quiet", "--" + kind, "-o", path(name)};
    merge.insert(merge.end(), parts.begin(), parts.end());
    succeed(merge);
    EXPECT_EQ(labelled(name), expected) << kind;
    EXPECT_EQ(audit({path(name)})["counts"], counts) << kind;
    const json subset =
        audit({path(name), "--subset", path("run-on-" + name + "/bald/seed-0/labelled.csv")});
    EXPECT_EQ(subset["counts"].size(), counts.size());
  }
  if (const char* python = std::getenv("AF_ORACLE_PYTHON")) {
    const auto seen = [&](const std::string& name) {
      return json::parse(
          succeed({python, AF_SOURCE_DIR "/tests/oracle/read_dataset.py", path(name)}));
    };
    EXPECT_EQ(seen("copy.h5"), seen("train.h5"));
  }
  std::filesystem::remove(parts[1]);
  for (const std::string program : {"afal", "afaudit"}) {
    std::vector<std::string> words{program, path("virtual.h5")};
    if (program == "afal") {
      words = {program, "--train", path("virtual.h5"), "--test", path("test.h5"), "-o", path("no")};
    }
    const test::Outcome outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 3) << program << outcome.out << outcome.err;
    EXPECT_THAT(outcome.err, testing::HasSubstr("part2.h5 does not exist"));
  }
}

TEST_F(Pipeline, ThePageCarriesItsChartsAndAsksForNothing) {
  succeed({"afaudit", path("run"), "--format", "html", "-o", path("page.html")});
  const std::string page = file_bytes(path("page.html"));
  EXPECT_THAT(page, testing::HasSubstr("vega"));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("<script src")));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("<link")));
}

}  // namespace
}  // namespace af

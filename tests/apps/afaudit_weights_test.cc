#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/random.h"
#include "tests/audit/inputs/small_files.h"
#include "tests/audit/inputs/small_tables.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class AfauditWeights : public testing::Test {
 protected:
  [[nodiscard]] static json document(std::vector<std::string> argv) {
    argv.insert(argv.begin(), "afaudit");
    argv.emplace_back("--json");
    const Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out, nullptr, false);
  }

  /// A table with the weights f (whole, 0 too) and w, and the same table with f rows for each row.
  void write_tables() const {
    const std::string header = "y,p,g,job,s,f,w\n";
    std::string once = header;
    std::string repeated = header;
    Stream stream(3, Purpose::kTest, 5);
    for (int i = 0; i < 300; ++i) {
      const std::uint32_t y = stream.below(2);
      const std::uint32_t f = stream.below(4);
      // The last group has rows of weight 0 only: it is as if it were not there.
      const std::string group = f == 0 && i % 2 == 0 ? "none" : i % 3 == 0 ? "red" : "blue";
      const int prediction = stream.uniform() < 0.3 + 0.4 * y ? 1 : 0;
      const std::string row =
          fmt::format("{},{},{},{},{:.2f},{},{:.2f}\n", y, prediction, group, i % 2,
                      0.01 + 0.98 * stream.uniform(), f, stream.uniform());
      once += row;
      for (std::uint32_t copy = 0; copy < f; ++copy) repeated += row;
    }
    write_bytes(folder_ / "once.csv", once);
    write_bytes(folder_ / "repeated.csv", repeated);
  }

  void expect_as_repeated(const std::vector<std::string>& options) const {
    std::vector<std::string> weighted{folder_ / "once.csv", "--weights", "f"};
    std::vector<std::string> plain{folder_ / "repeated.csv"};
    for (auto* argv : {&weighted, &plain})
      argv->insert(argv->end(), options.begin(), options.end());
    json one = document(weighted);
    json other = document(plain);
    EXPECT_EQ(one.at("weights"), json::parse(R"({"column": "f", "kind": "frequency"})"));
    EXPECT_GT(one.at("rows"), 350);
    one.erase("weights");
    one.erase("source");
    other.erase("source");
    EXPECT_EQ(one, other);
  }

  void expect_refused(const std::string& csv, const std::vector<std::string>& options,
                      int exit_code, const std::string& words) const {
    write_bytes(folder_ / "bad.csv", csv);
    std::vector<std::string> argv{"afaudit", folder_ / "bad.csv", "--group", "g", "--label", "y"};
    argv.insert(argv.end(), options.begin(), options.end());
    const Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(words));
    EXPECT_EQ(outcome.out, "");
  }

  TempDir folder_;
};

TEST_F(AfauditWeights, OfFrequencyAreAsRepeatedRows) {
  write_tables();
  expect_as_repeated({"--label", "y", "--group", "g", "--group", "job"});
  expect_as_repeated({"--label", "y", "--prediction", "p", "--group", "g", "--score", "s",
                      "--stratum", "job", "--replicates", "200", "--score-replicates", "100"});
}

TEST_F(AfauditWeights, OfADataSetAndItsSubsetAreThoseOfThePool) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});  // The index goes from 0 to 99.
  write_bytes(folder_ / "rows.csv", "row\n3\n40\n41\n70\n");
  const json pool = document({folder_ / "t.h5", "--weights", "index"});
  EXPECT_EQ(pool.at("rows"), 99 * 100 / 2);
  EXPECT_EQ(pool.at("counts")[0].at("count"), 39 * 40 / 2);
  const json subset =
      document({folder_ / "t.h5", "--weights", "index", "--subset", folder_ / "rows.csv"});
  EXPECT_EQ(subset.at("against_pool")[0].at("labelled_count"), 3);
  EXPECT_EQ(subset.at("against_pool")[1].at("labelled_count"), 81);
  EXPECT_EQ(subset.at("pool_rows"), 4950);
  const json sampled = document({folder_ / "t.h5", "--weights", "index", "--weights-are",
                                 "sampling", "--subset", folder_ / "rows.csv"});
  EXPECT_EQ(sampled.at("pool_rows"), 99) << "the row of weight 0 is left out";
  EXPECT_EQ(sampled.at("against_pool")[1].at("labelled_count"), 2);
  EXPECT_DOUBLE_EQ(sampled.at("against_pool")[1].at("labelled_share").at("value"), 81.0 / 154);
  EXPECT_EQ(sampled.at("drift").at("total_variation_at_random"), nullptr);
}

TEST_F(AfauditWeights, ComeFromEveryKindOfTable) {
  write_parquet_table(folder_ / "t.parquet");
  write_arrow_table(folder_ / "t.arrow", false);
  const auto counts = [&](const std::string& name) {
    return document({folder_ / name, "--group", "p", "--weights", "y"}).at("counts");
  };
  EXPECT_EQ(counts("t.parquet"), counts("t.arrow"));
  EXPECT_FALSE(counts("t.parquet").empty());
}

TEST_F(AfauditWeights, OfSamplingSayWhatTheyDo) {
  write_tables();
  const std::vector<std::string> argv{
      folder_ / "once.csv", "--label", "y", "--group", "g", "--weights", "w",
      "--weights-are",      "sampling"};
  const json report = document(argv);
  EXPECT_EQ(report.at("weights").at("kind"), "sampling");
  EXPECT_LT(report.at("weights").at("effective_rows"), 300);
  double sum = 0;
  for (const json& cell : report.at("counts")) sum += cell.at("weight").get<double>();
  EXPECT_NEAR(sum, report.at("weights").at("sum").get<double>(), 1e-9);
  EXPECT_THAT(report.at("relations")[0].at("tests")[2].at("reason"), HasSubstr("counts rows"));
  std::vector<std::string> text = argv;
  text.insert(text.begin(), "afaudit");
  EXPECT_THAT(run_program(text).out, HasSubstr("effective rows (Kish)"));
}

TEST_F(AfauditWeights, ThatAreNoneAreRefusedWithTheirLine) {
  const auto frequency = [&](const std::string& weight, const std::string& words) {
    expect_refused("y,g,w\n1,a,1\n0,b," + weight + "\n", {"--weights", "w"}, 3, words);
  };
  frequency("-1", "bad.csv, line 3: column 'w' is '-1', expected a whole number of rows from 0\n");
  frequency("1.5",
            "'1.5', expected a whole number of rows from 0; weights of another kind need "
            "--weights-are sampling");
  frequency("nan", "'nan'");
  frequency("", "column 'w' is empty");
  frequency("many", "'many'");
  frequency("1000000000000", "line 3: the weights in column 'w' add up to more than 1e12 rows");
  frequency("1e13", "expected a whole number of rows from 0");
  const auto sampling = [&](const std::string& weight, const std::string& words) {
    expect_refused("y,g,w\n1,a,1\n0,b," + weight + "\n",
                   {"--weights", "w", "--weights-are", "sampling"}, 3, words);
  };
  sampling("-0.5", "line 3: column 'w' is '-0.5', expected a weight");
  sampling("inf", "'inf'");
  sampling("1e200", "'1e200'");
  sampling("1e-200", "'1e-200'");
  expect_refused("y,g,w\n1,a,0\n0,b,0\n", {"--weights", "w"}, 3, "every weight in column 'w' is 0");
  expect_refused("y,g,w\n1,a,0\n", {"--weights", "v"}, 3, "no column 'v'");
  expect_refused("y,g,w\n1,a,0\n", {"--weights", "g"}, 2, "'g' is named twice");
  expect_refused("y,g,w\n1,a,0\n", {"--weights-are", "sampling"}, 2, "without --weights");
  expect_refused("y,g,w\n1,a,0\n", {"--weights", "w", "--weights-are", "other"}, 2, "frequency");
  expect_refused("y,p,g,s,w\n1,1,a,0.5,200000000\n0,0,a,0.5,1\n",
                 {"--weights", "w", "--prediction", "p", "--score", "s"}, 3,
                 "at most 100000000 with --score");
  write_run(folder_ / "run");
  const Outcome run = run_program({"afaudit", folder_ / "run", "--weights", "w"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--weights"));
}

TEST_F(AfauditWeights, KeepTheNamesThatTheReportNeeds) {
  write_bytes(folder_ / "p.csv", "y,weight,w\n1,a,1\n0,b,2\n");
  const Outcome outcome = run_program({"afaudit", folder_ / "p.csv", "--group", "weight",
                                       "--weights", "w", "--weights-are", "sampling"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("'weight' has a name that the report uses itself"));
}

}  // namespace
}  // namespace af::test

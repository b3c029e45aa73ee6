#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/audit/inputs/small_files.h"
#include "tests/support/program.h"

namespace af::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class Afaudit : public testing::Test {
 protected:
  json audit_json(std::vector<std::string> argv) const {
    argv.insert(argv.begin(), "afaudit");
    argv.insert(argv.end(), {"--format", "json"});
    const Outcome outcome = run_program(argv);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out);
  }

  TempDir folder_;
};

TEST_F(Afaudit, CountsEveryCellOfADataSet) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const json result = audit_json({folder_ / "t.h5"});
  EXPECT_EQ(result.at("rows"), 100);
  ASSERT_EQ(result.at("counts").size(), 6U);
  const json& first = result.at("counts")[0];
  EXPECT_EQ(first.at("char"), "a");
  EXPECT_EQ(first.at("color"), "blue");
  EXPECT_EQ(first.at("count"), 40);
  EXPECT_DOUBLE_EQ(first.at("share"), 0.4);
  EXPECT_LT(first.at("low"), 0.4);
  EXPECT_GT(first.at("high"), 0.4);
  EXPECT_EQ(result.at("counts")[2].at("count"), 0);  // a, green
  EXPECT_DOUBLE_EQ(result.at("by_group")[0].at("metrics").at("p_char_a").at("value"), 0.8);
}

TEST_F(Afaudit, TakesTheIntervalOfSharesAsAnOption) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const auto low = [&](const std::string& method) {
    return audit_json({folder_ / "t.h5", "--interval", method})
        .at("counts")[0]
        .at("low")
        .get<double>();
  };
  EXPECT_NEAR(low("clopper-pearson"), 0.30329476870, 1e-9);  // scipy: binomtest(40, 100), "exact".
  EXPECT_NEAR(low("wilson"), 0.30940128643, 1e-9);           // The same, "wilson".
}

TEST_F(Afaudit, ComparesASubsetWithItsPool) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  write_bytes(folder_ / "rows.csv", "row\n0\n1\n40\n41\n99\n");
  const json result = audit_json({folder_ / "t.h5", "--subset", folder_ / "rows.csv"});
  EXPECT_EQ(result.at("rows"), 5);
  EXPECT_EQ(result.at("pool_rows"), 100);
  const json& a_red = result.at("against_pool")[1];
  EXPECT_EQ(a_red.at("labelled_count"), 2);
  EXPECT_DOUBLE_EQ(a_red.at("expected"), 0.5);
  EXPECT_DOUBLE_EQ(a_red.at("representation").at("value"), 4.0);
  EXPECT_TRUE(result.at("against_pool")[2].at("representation").at("value").is_null());
}

TEST_F(Afaudit, ComparesGroupsOfPredictions) {
  write_bytes(folder_ / "p.csv",
              "label,prediction,color\n1,1,red\n0,0,red\n1,0,blue\n0,0,blue\n1,1,blue\n0,1,red\n");
  const json result = audit_json(
      {folder_ / "p.csv", "--label", "label", "--prediction", "prediction", "--group", "color"});
  EXPECT_EQ(result.at("rows"), 6);
  EXPECT_EQ(result.at("by_group")[0].at("color"), "blue");
  EXPECT_EQ(result.at("by_group")[0].at("metrics").at("true_positive_rate").at("value"), 0.5);
  const json& parity = result.at("disparities").at("demographic_parity_difference");
  EXPECT_DOUBLE_EQ(parity.at("value"), 2.0 / 3.0 - 1.0 / 3.0);
  EXPECT_TRUE(parity.at("reason").is_null());
  for (const char* name : {"demographic_parity_ratio", "equalized_odds_difference",
                           "equal_opportunity_ratio", "selection_rate_difference"}) {
    EXPECT_TRUE(result.at("disparities").contains(name)) << name;
  }
}

TEST_F(Afaudit, SaysWhyADisparityIsUndefined) {
  write_bytes(folder_ / "p.csv", "label,prediction,color\n1,1,red\n0,0,red\n0,0,blue\n");
  const json result = audit_json(
      {folder_ / "p.csv", "--label", "label", "--prediction", "prediction", "--group", "color"});
  const json& odds = result.at("disparities").at("equalized_odds_difference");
  EXPECT_TRUE(odds.at("value").is_null());
  EXPECT_EQ(odds.at("reason"),
            "true_positive_rate is undefined for color=blue: There are no positive labels.");
}

TEST_F(Afaudit, TakesSeveralGroupColumns) {
  write_bytes(folder_ / "p.csv", "y,p,a,b\n1,1,u,0\n0,0,u,1\n1,0,v,0\n");
  const json result = audit_json(
      {folder_ / "p.csv", "--label", "y", "--prediction", "p", "--group", "a", "--group", "b"});
  EXPECT_EQ(result.at("by_group").size(), 4U);
  EXPECT_EQ(result.at("counts")[3].at("count"), 0);
  EXPECT_THAT(result.at("disparities").at("selection_rate_difference").at("reason"),
              HasSubstr("a=v, b=1"));
}

TEST_F(Afaudit, ComparesScoresAndStrata) {
  std::string csv = "y,p,color,score,job\n";
  for (int i = 0; i < 80; ++i) {
    csv += std::to_string(i % 2) + "," + std::to_string(i / 3 % 2) +
           (i % 5 < 2 ? ",red,0." : ",blue,0.") + std::to_string(10 + (i * 7 + i % 2 * 20) % 80) +
           (i % 7 < 3 ? ",x\n" : ",y\n");
  }
  write_bytes(folder_ / "p.csv", csv);
  const json result = audit_json({folder_ / "p.csv", "--label", "y", "--prediction", "p", "--group",
                                  "color", "--score", "score", "--stratum", "job"});
  for (const char* name :
       {"roc_auc_difference", "log_loss_ratio", "f1_ratio", "mean_score_difference",
        "theil_index_difference", "conditional_demographic_parity_difference"}) {
    ASSERT_TRUE(result.at("disparities").contains(name)) << name;
    EXPECT_TRUE(result.at("disparities").at(name).at("low").is_number()) << name;
  }
  EXPECT_EQ(result.at("calibration").size(), 20U);
  EXPECT_EQ(result.at("strata")[0].at("job"), "x");
  EXPECT_TRUE(result.at("by_group")[0].at("metrics").contains("roc_auc"));
}

TEST_F(Afaudit, GivesTheSameBytesWhateverTheThreads) {
  std::string csv = "y,p,color,score\n";
  for (int i = 0; i < 300; ++i) {
    csv += std::to_string(i % 2) + "," + std::to_string(i / 3 % 2) +
           (i % 5 < 2 ? ",red,0." : ",blue,0.") + std::to_string(10 + i * 7 % 80) + "\n";
  }
  write_bytes(folder_ / "p.csv", csv);
  const auto with = [&](const char* threads) {
    return run_program({"afaudit", folder_ / "p.csv", "--label", "y", "--prediction", "p",
                        "--group", "color", "--score", "score", "--json", "--threads", threads})
        .out;
  };
  EXPECT_EQ(with("1"), with("3"));
}

TEST_F(Afaudit, FollowsARunStepByStep) {
  write_run(folder_ / "run");
  const json result = audit_json({folder_ / "run"});
  EXPECT_EQ(result.at("rows"), 4 * 18);
  EXPECT_EQ(result.at("steps").size(), 6U);
  const json& last_of_bald = result.at("steps")[2];
  EXPECT_EQ(last_of_bald.at("heuristic"), "bald");
  EXPECT_EQ(last_of_bald.at("labelled"), 18);
  EXPECT_EQ(last_of_bald.at("cells")[1].at("count").at("value"), 9.0);
  EXPECT_EQ(result.at("counts")[1].at("heuristic"), "bald");
  EXPECT_TRUE(result.at("disparities").contains("random/accuracy_difference"));
}

TEST_F(Afaudit, WritesThePageOfARunWithItsFirstChartsFirst) {
  write_run(folder_ / "run");
  const Outcome outcome =
      run_program({"afaudit", folder_ / "run", "--format", "html", "-o", folder_ / "page.html"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  const std::string page = file_bytes(folder_ / "page.html");
  const std::size_t counts = page.find(">Labelled rows by char and color</h2>");
  const std::size_t size = page.find(">Labelled size</h2>");
  const std::size_t loss = page.find(">Test loss</h2>");
  const std::size_t worst = page.find(">Worst group</h2>");
  ASSERT_NE(worst, std::string::npos);
  EXPECT_LT(counts, size);
  EXPECT_LT(size, loss);
  EXPECT_LT(loss, worst);
}

TEST_F(Afaudit, PrintsPlainTextIntoAPipe) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const Outcome outcome = run_program({"afaudit", folder_ / "t.h5"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out,
              HasSubstr("  a     blue      40  0.4000  [0.3094, 0.4980]         0.5129\n"));
  EXPECT_THAT(outcome.out, testing::Not(HasSubstr("\033")));
  EXPECT_EQ(outcome.err, "");
}

/// Like every program before a `head` that has seen enough.
TEST_F(Afaudit, EndsQuietlyWhereNobodyReadsItsOutput) {
  write_dataset(folder_ / "t.h5", {40, 10, 10, 40});
  const char* const script = "{ sleep 0.3; \"$0\" \"$1\"; echo ended $? >&2; } | true";
  const Outcome outcome = run_program({"/bin/sh", "-c", script, AF_AFAUDIT, folder_ / "t.h5"});
  EXPECT_EQ(outcome.err, "ended 141\n");  // 128 and SIGPIPE.
}

TEST_F(Afaudit, GivesTheSameBytesTwice) {
  write_run(folder_ / "run");
  for (const char* format : {"text", "json", "html"}) {
    const std::vector<std::string> argv{"afaudit", folder_ / "run", "--format", format};
    EXPECT_EQ(run_program(argv).out, run_program(argv).out) << format;
  }
}

}  // namespace
}  // namespace af::test

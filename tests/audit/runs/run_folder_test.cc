#include "audit/runs/run_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "audit/forms/text_report.h"
#include "audit/reports/run_report.h"
#include "audit/runs/run_audit.h"
#include "core/errors.h"
#include "tests/audit/inputs/small_files.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RunFolderTest : public testing::Test {
 protected:
  RunFolderTest() { test::write_run(run_); }

  std::string refusal() const {
    return test::refusal<InputError>([&] { return read_run_folder(run_); });
  }
  /// Replaces the first `from` in a file of the run.
  void edit(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = test::file_bytes(run_ / file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    test::write_bytes(run_ / file, text.replace(at, from.size(), to));
  }

  test::TempDir folder_;
  std::filesystem::path run_ = folder_.path() / "run";
};

TEST_F(RunFolderTest, CountsLabelledRowsUpToEachStep) {
  const RunFolder run = read_run_folder(run_);
  EXPECT_THAT(run.labelled, ElementsAre(10, 14, 18));
  EXPECT_THAT(run.factors[1].values, ElementsAre("blue", "red", "green"));
  ASSERT_EQ(run.heuristics.size(), 2U);
  const SeedRecord& bald = run.heuristics[0].seeds[1];
  EXPECT_EQ(bald.labelled[0].count(1), 1U);  // a, red
  EXPECT_EQ(bald.labelled[1].count(1), 5U);
  EXPECT_EQ(bald.labelled[2].count(1), 9U);
  EXPECT_EQ(bald.labelled[2].count(0), 4U);  // a, blue
}

TEST_F(RunFolderTest, KeepsMetricsByNameAndUndefinedOnesEmpty) {
  const RunFolder run = read_run_folder(run_);
  const auto gap = run.metric("group_gap");
  ASSERT_TRUE(gap);
  EXPECT_EQ(run.heuristics[1].seeds[0].metrics[*gap][0], std::nullopt);
  EXPECT_EQ(run.heuristics[1].seeds[0].metrics[*gap][1], 0.25);
  EXPECT_FALSE(run.metric("none"));
}

TEST_F(RunFolderTest, ReadsThePoolOnlyIfItIsStillTheSameFile) {
  EXPECT_EQ(read_run_folder(run_).pool->total(), 100U);
  test::write_dataset(folder_.path() / "train.h5", {1, 1, 1, 1});
  const RunFolder run = read_run_folder(run_);
  EXPECT_FALSE(run.pool);
  EXPECT_THAT(run.pool_note, HasSubstr("not the file of the run"));
}

TEST_F(RunFolderTest, SummarisesOverTheSeeds) {
  const RunFolder run = read_run_folder(run_);
  const RunAudit audit = audit_run(run, {});
  EXPECT_THAT(audit.minority, ElementsAre(false, true, true, true, false, true));
  const HeuristicAudit& bald = audit.heuristics[0];
  EXPECT_EQ(bald.counts[1].steps[2].mean, 9.0);
  EXPECT_DOUBLE_EQ(bald.minority_share.steps[2].mean, 10.0 / 18.0);
  EXPECT_DOUBLE_EQ(bald.metrics[*run.metric("accuracy")].steps[2].mean, 0.81);
  EXPECT_DOUBLE_EQ(audit.heuristics[1].minority_share.steps[2].mean, 2.0 / 18.0);
}

TEST_F(RunFolderTest, JudgesMinorityByThePoolIfItIsKnown) {
  RunFolder run = read_run_folder(run_);
  run.pool = ContingencyTable(run.factors);
  for (std::size_t cell = 0; cell < 6; ++cell) run.pool->add(cell, cell % 3 == 2 ? 160 : 20);
  EXPECT_THAT(audit_run(run, {}).minority, ElementsAre(true, true, false, true, true, false));
}

TEST_F(RunFolderTest, JudgesMinorityByTheInitialSetsIfThereIsNoPool) {
  std::filesystem::remove(folder_.path() / "train.h5");
  const RunFolder run = read_run_folder(run_);
  EXPECT_FALSE(run.pool);
  EXPECT_THAT(audit_run(run, {}).minority, ElementsAre(false, true, true, false));
}

TEST_F(RunFolderTest, ComparesDisparitiesOverTheSeeds) {
  const RunAudit audit = audit_run(read_run_folder(run_), {});
  const auto& disparities = audit.heuristics[1].disparities;
  const auto found =
      std::ranges::find(disparities, "false_positive_rate_difference", &RunDisparity::name);
  // Of 10 red rows labelled a, 3 are predicted d; of the blue ones none.
  EXPECT_FALSE(found->summary.estimate.value);  // Green has no test rows.
}

TEST_F(RunFolderTest, FindsTheFirstStepAtWhichTheLabelledRowsDrift) {
  const RunFolder run = read_run_folder(run_);
  const RunAudit audit = audit_run(run, {});
  // Of 10 rows a and red among 100, 5 of 14 and then 9 of 18 are labelled: scipy's fisher_exact
  // gives 4.4e-3 and 2.3e-7, where 0.05 / 3 steps / 4 cells with rows is 4.2e-3.
  const FirstSteps& bald = audit.heuristics[0].first_drift[0];
  EXPECT_EQ(bald.cells[1], 2U);
  EXPECT_EQ(bald.any, 2U);
  EXPECT_EQ(bald.cells[0], std::nullopt);
  EXPECT_DOUBLE_EQ(audit.heuristics[0].total_variation.steps[2].mean, 0.5 - 0.1);
  EXPECT_EQ(audit.total_variation_at_random.size(), 3U);
  const nlohmann::ordered_json document = run_report(run).document;
  const auto& seed = document.at("drift").at("by_seed")[0];
  EXPECT_EQ(seed.at("heuristic"), "bald");
  EXPECT_EQ(seed.at("first_step"), 2);
  EXPECT_EQ(seed.at("cells")[1].at("first_step"), 2);
  EXPECT_TRUE(seed.at("cells")[0].at("first_step").is_null());
  EXPECT_EQ(document.at("steps")[2].at("total_variation").at("value"), 0.5 - 0.1);
}

TEST_F(RunFolderTest, ComparesHeuristicsSeedBySeedAndSaysIfSeedsAreFew) {
  const RunFolder run = read_run_folder(run_);
  const RunAudit audit = audit_run(run, {});
  ASSERT_FALSE(audit.comparisons.empty());
  const PairedComparison& minority = audit.comparisons.front();
  EXPECT_EQ(minority.measure, "minority");
  EXPECT_DOUBLE_EQ(minority.difference.mean, 10.0 / 18.0 - 2.0 / 18.0);
  const Report report = run_report(run);
  EXPECT_THAT(text_report(report, false), HasSubstr("Too few seeds for a paired t test: 2"));
  EXPECT_EQ(report.document.at("comparisons")[0].at("first"), "bald");
  EXPECT_EQ(report.document.at("comparisons")[0].at("seeds"), 2);
}

TEST_F(RunFolderTest, HasNoDriftWithoutThePool) {
  std::filesystem::remove(folder_.path() / "train.h5");
  const RunFolder run = read_run_folder(run_);
  EXPECT_TRUE(audit_run(run, {}).heuristics[0].first_drift.empty());
  const Report report = run_report(run);
  EXPECT_TRUE(report.document.at("drift").is_null());
  EXPECT_THAT(text_report(report, false), testing::Not(HasSubstr("drift")));
}

TEST_F(RunFolderTest, TakesThePoolsCountsThatTheRunCarriesWhereverThePoolIs) {
  const RunFolder before = read_run_folder(run_);
  std::filesystem::remove(folder_.path() / "train.h5");
  test::write_bytes(run_ / "pool.csv",
                    "char,color,rows\na,blue,40\na,red,10\na,green,0\nd,blue,10\nd,red,40\n"
                    "d,green,0\n");
  const RunFolder run = read_run_folder(run_);
  ASSERT_TRUE(run.pool.has_value());
  EXPECT_EQ(*run.pool, *before.pool);
  EXPECT_THAT(run.pool_note, HasSubstr("train.h5, 100 rows"));
}

TEST_F(RunFolderTest, NamesAFileThatIsMissing) {
  for (const char* file : {"config.toml", "metrics.csv", "random/seed-1/labelled.csv",
                           "bald/seed-0/predictions.csv"}) {
    const std::string bytes = test::file_bytes(run_ / file);
    std::filesystem::remove(run_ / file);
    EXPECT_THAT(refusal(), HasSubstr(file));
    test::write_bytes(run_ / file, bytes);
  }
}

TEST_F(RunFolderTest, RefusesASeedThatLacksSteps) {
  const std::string text = test::file_bytes(run_ / "metrics.csv");
  test::write_bytes(run_ / "metrics.csv", text.substr(0, text.rfind("erm,")));
  EXPECT_THAT(refusal(), HasSubstr("random with seed 1 has fewer steps than the others; the run "
                                   "is not finished"));
}

TEST_F(RunFolderTest, RefusesHeuristicsWithDifferentSeeds) {
  for (int step = 0; step < 3; ++step) edit("metrics.csv", "erm,random,1,", "erm,random,2,");
  EXPECT_THAT(refusal(), HasSubstr("random has other seeds than the others"));
}

TEST_F(RunFolderTest, RefusesCountsThatContradictEachOther) {
  edit("bald/seed-0/labelled.csv", "\n2,", "\n1,");
  EXPECT_THAT(refusal(), HasSubstr("has 15 rows up to step 1 where metrics.csv says 14"));
}

TEST_F(RunFolderTest, RefusesARowThatIsLabelledTwice) {
  edit("bald/seed-0/labelled.csv", "0,3,,a,blue", "0,2,,a,blue");
  EXPECT_THAT(refusal(), HasSubstr("row 2 is named a second time"));
}

TEST_F(RunFolderTest, RefusesAHeuristicThatLeadsOutOfTheFolder) {
  edit("metrics.csv", "erm,bald,", "erm,../bald,");
  EXPECT_THAT(refusal(), HasSubstr("no heuristic's name"));
}

TEST_F(RunFolderTest, RefusesABrokenConfigurationAsAnInput) {
  test::write_bytes(run_ / "config.toml", "train = \n");
  EXPECT_THAT(refusal(), HasSubstr("config.toml"));
}

}  // namespace
}  // namespace af::audit

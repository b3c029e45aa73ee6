#include "al/comparison/run_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/al/oracle.h"

namespace af::al {
namespace {

using testing::ElementsAre;
using Value = std::optional<double>;

std::vector<Value> values(const nlohmann::json& numbers) {
  std::vector<Value> found;
  for (const double number : numbers) found.emplace_back(number);
  return found;
}

TEST(SeedStatistic, HasTheMeanAndIntervalOfScipy) {
  const nlohmann::json cases = test::oracle("intervals.json")["means"];
  ASSERT_FALSE(cases.empty());
  for (const nlohmann::json& one : cases) {
    const SeedStatistic got = over_seeds(values(one["values"]));
    EXPECT_NEAR(got.mean.value(), one["mean"], 1e-12);
    EXPECT_NEAR(got.deviation.value(), one["sd"], 1e-12);
    EXPECT_NEAR(got.low.value(), one["low"], 1e-12);
    EXPECT_NEAR(got.high.value(), one["high"], 1e-12);
    EXPECT_EQ(got.reason, "");
  }
}

TEST(SeedStatistic, HasNoIntervalOfOneSeedAndNoMeanOfAnUndefinedOneAndSaysWhy) {
  const SeedStatistic alone = over_seeds({.5});
  EXPECT_EQ(alone.mean, .5);
  EXPECT_FALSE(alone.deviation || alone.low || alone.high);
  EXPECT_THAT(alone.reason, testing::HasSubstr("one seed"));
  const SeedStatistic undefined = over_seeds({.5, std::nullopt});
  EXPECT_FALSE(undefined.mean.has_value());
  EXPECT_THAT(undefined.reason, testing::HasSubstr("undefined for a seed"));
}

TEST(PairedTest, HasTheStatisticAndProbabilityOfScipy) {
  const nlohmann::json cases = test::oracle("paired_tests.json")["cases"];
  ASSERT_FALSE(cases.empty());
  for (const nlohmann::json& one : cases) {
    const PairedTest got = paired_test(values(one["first"]), values(one["second"]));
    EXPECT_NEAR(got.t.value(), one["t"], 1e-9);
    EXPECT_NEAR(got.p.value(), one["p"], 1e-12);
    EXPECT_NEAR(got.difference.low.value(), one["low"], 1e-12);
    EXPECT_NEAR(got.difference.high.value(), one["high"], 1e-12);
  }
}

TEST(PairedTest, IsUndefinedWithoutSpreadAndSaysWhy) {
  const PairedTest equal = paired_test({.1, .2, .3}, {.0, .1, .2});
  EXPECT_NEAR(equal.difference.mean.value(), .1, 1e-12);
  EXPECT_FALSE(equal.p || equal.t);
  EXPECT_THAT(equal.reason, testing::HasSubstr("same for all seeds"));
  EXPECT_THAT(paired_test({.1}, {.2}).reason, testing::HasSubstr("one seed"));
  EXPECT_THAT(paired_test({.1, std::nullopt}, {.2, .3}).reason,
              testing::HasSubstr("undefined for a seed"));
}

TEST(Holm, AdjustsWhatIsDefinedAndAgreesWithStepwiseRejection) {
  const nlohmann::json oracle = test::oracle("paired_tests.json");
  std::vector<PairedTest> family(2);  // Undefined ones are no part of the family.
  for (const nlohmann::json& one : oracle["cases"]) {
    family.push_back(paired_test(values(one["first"]), values(one["second"])));
  }
  adjust_by_holm(family);
  EXPECT_FALSE(family[0].p_holm || family[1].p_holm);
  for (std::size_t i = 2; i < family.size(); ++i) {
    EXPECT_NEAR(family[i].p_holm.value(), oracle["holm"][i - 2], 1e-12);
  }
}

TEST(LearningCurve, IsReadByTheNamesOfTheColumns) {
  const LearningCurve curve =
      learning_curve("method,heuristic,seed,step,labelled,group_gap,accuracy",
                     {"erm,bald,0,0,500,.25,.5", "erm,bald,0,1,800,,.75"});
  EXPECT_THAT(curve.labelled, ElementsAre(500, 800));
  EXPECT_THAT(curve.accuracy, ElementsAre(.5, .75));
  EXPECT_THAT(curve.group_gap, ElementsAre(Value(.25), std::nullopt));
  EXPECT_THAT(curve.worst_group_accuracy, ElementsAre(std::nullopt, std::nullopt));
}

TEST(AreaUnderBudgetCurve, WeighsStepsByTheirLabels) {
  EXPECT_NEAR(area_under_budget_curve({100, 200, 250}, {.5, .7, .9}).value(),
              (100 * .6 + 50 * .8) / 150, 1e-12);
  EXPECT_NEAR(area_under_budget_curve({1, 10, 100}, {.8, .8, .8}).value(), .8, 1e-12);
  EXPECT_FALSE(area_under_budget_curve({100}, {.5}).has_value());
  EXPECT_FALSE(area_under_budget_curve({100, 200}, {.5, std::nullopt}).has_value());
}

/// Results of a heuristic: for each seed its accuracies, step by step, at 100, 200, ... labels.
HeuristicResults results(const std::string& name, const std::vector<std::vector<double>>& seeds) {
  HeuristicResults made{name, {}};
  for (const std::vector<double>& accuracies : seeds) {
    SeedResult seed{.minority_share = accuracies.front()};
    for (const double accuracy : accuracies) {
      seed.curve.labelled.push_back(100 * (1 + std::ssize(seed.curve.labelled)));
      seed.curve.accuracy.emplace_back(accuracy);
      seed.curve.worst_group_accuracy.emplace_back(1 - accuracy);
      seed.curve.group_gap.emplace_back(std::nullopt);
      seed.curve.equalized_odds_difference.emplace_back(accuracy);
      seed.curve.nll.emplace_back(2 - accuracy);
      seed.curve.ece.emplace_back(accuracy / 2);
      seed.curve.brier.emplace_back(1.5 - accuracy);
    }
    made.seeds.push_back(seed);
  }
  return made;
}

const HeuristicResults kGood =
    results("good", {{.5, .70, .91}, {.5, .71, .92}, {.5, .72, .93}, {.5, .70, .80}});
const HeuristicResults kBad =
    results("bad", {{.5, .60, .90}, {.5, .62, .93}, {.5, .61, .91}, {.5, .62, .85}});

TEST(RunSummary, SummarisesEveryMetricAndSaysWhatIsUndefined) {
  const RunSummary summary = summarised({kGood, kBad}, {});
  ASSERT_EQ(summary.heuristics.size(), 2U);
  EXPECT_EQ(summary.seeds, 4);
  const HeuristicSummary& good = summary.heuristics[0];
  EXPECT_EQ(good.labelled, 300);
  EXPECT_NEAR(good.statistic("accuracy").mean.value(), .89, 1e-12);
  EXPECT_NEAR(good.statistic("aubc").mean.value(), (.5 / 2 + .7075 + .89 / 2) / 2, 1e-12);
  EXPECT_NEAR(good.statistic("nll").mean.value(), 2 - .89, 1e-12);
  EXPECT_NEAR(good.statistic("ece").mean.value(), .89 / 2, 1e-12);
  EXPECT_NEAR(good.statistic("brier").mean.value(), 1.5 - .89, 1e-12);
  EXPECT_FALSE(good.statistic("group_gap").mean.has_value());
  EXPECT_NE(good.statistic("group_gap").reason, "");
  EXPECT_THROW(static_cast<void>(good.statistic("speed")), std::out_of_range);
}

TEST(RunSummary, TestsPairsSeedBySeed) {
  const RunSummary summary = summarised({kGood, kBad}, {});
  ASSERT_EQ(summary.pairs.size(), 1U);
  EXPECT_EQ(summary.pairs[0].first, "good");
  const PairedTest& accuracy = summary.pairs[0].tests[0];
  EXPECT_NEAR(accuracy.difference.mean.value(), -.0075, 1e-12);
  EXPECT_GT(accuracy.p.value(), .5);
  EXPECT_EQ(accuracy.p_holm, accuracy.p);               // One pair is a family of one.
  EXPECT_LT(summary.pairs[0].tests[4].p.value(), .05);  // The area is larger for every seed.
}

TEST(PenaltyMatrix, CountsStepsWonSignificantlyAndLeavesTheFirstOut) {
  // Of two steps after the first, the second is won and the third is open.
  const PenaltyMatrix matrix = penalty_matrix({kGood, kBad}, &LearningCurve::accuracy);
  EXPECT_THAT(matrix, ElementsAre(ElementsAre(0, .5), ElementsAre(0, 0)));
  const PenaltyMatrix worst = penalty_matrix({kGood, kBad}, &LearningCurve::worst_group_accuracy);
  EXPECT_THAT(worst, ElementsAre(ElementsAre(0, 0), ElementsAre(.5, 0)));
  EXPECT_TRUE(penalty_matrix({results("alone", {{.5, .6}})}, &LearningCurve::accuracy).empty());
}

TEST(Reach, CountsASeedThatNeverGotThereAsMoreThanAny) {
  const RunSummary summary = summarised({kGood, kBad}, {.7, .905, .925});
  const std::vector<Reach>& good = summary.heuristics[0].reach;
  EXPECT_EQ(good[0].seeds_reached, 4);
  EXPECT_EQ(good[0].median_labels, 200);
  EXPECT_EQ(good[1].seeds_reached, 3);
  EXPECT_EQ(good[1].median_labels, 300);
  EXPECT_EQ(good[2].seeds_reached, 1);
  EXPECT_FALSE(good[2].median_labels.has_value());
}

}  // namespace
}  // namespace af::al

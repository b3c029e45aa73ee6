#include "audit/metrics/predictions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/metrics/strata.h"
#include "core/errors.h"
#include "core/random.h"

namespace af::audit {
namespace {

using testing::ElementsAre;

/// Counts in the order of the cells: group, label, prediction.
ContingencyTable table(const std::vector<std::string>& labels,
                       const std::vector<std::string>& predictions,
                       const std::vector<std::uint64_t>& counts, std::size_t groups = 2) {
  std::vector<std::string> group_names;
  for (std::size_t g = 0; g < groups; ++g) group_names.push_back(fmt::format("g{}", g));
  ContingencyTable result({{.name = "group", .values = group_names},
                           {.name = "label", .values = labels},
                           {.name = "prediction", .values = predictions}});
  for (std::size_t cell = 0; cell < counts.size(); ++cell) result.add(cell, counts[cell]);
  return result;
}

double overall(const PredictionAudit& audit, const std::string& name) {
  return *audit.frame.find(name)->overall.estimate.value;
}

const Estimate& disparity(const PredictionAudit& audit, const std::string& name) {
  return std::ranges::find(audit.disparities, name, &Disparity::name)->estimate;
}

const std::vector<std::uint64_t> kCounts{5, 1, 2, 8, 3, 3, 4, 6};

TEST(Predictions, TakeTheSecondClassAsPositive) {
  const PredictionAudit audit =
      audit_predictions(table({"bad", "good"}, {"bad", "good"}, kCounts), {});
  EXPECT_EQ(audit.positive, "good");
  EXPECT_DOUBLE_EQ(overall(audit, "true_positive_rate"), 14.0 / 20.0);
}

TEST(Predictions, TakeThePositiveClassThatIsNamed) {
  const PredictionAudit audit =
      audit_predictions(table({"bad", "good"}, {"bad", "good"}, kCounts), "bad");
  EXPECT_DOUBLE_EQ(overall(audit, "true_positive_rate"), 8.0 / 12.0);
  EXPECT_THROW(static_cast<void>(
                   audit_predictions(table({"bad", "good"}, {"bad", "good"}, kCounts), "ugly")),
               ConfigError);
}

TEST(Predictions, CountEqualNumbersAsOneClass) {
  const PredictionAudit audit =
      audit_predictions(table({"0", "1"}, {"0.0", "1.0"}, kCounts), "1.0");
  EXPECT_THAT(audit.classes, ElementsAre("0", "1"));
  EXPECT_EQ(audit.positive, "1");
  EXPECT_DOUBLE_EQ(overall(audit, "accuracy"), 22.0 / 32.0);
}

TEST(Predictions, OfOneClassOnlyAreStillBinary) {
  const PredictionAudit audit = audit_predictions(table({"0"}, {"0"}, {5, 3}), {});
  EXPECT_EQ(audit.positive, "1");
  EXPECT_EQ(disparity(audit, "demographic_parity_difference").value, 0.0);
  EXPECT_FALSE(disparity(audit, "equalized_odds_difference").value);
}

TEST(Predictions, RefuseAnotherCodingThanTheLabels) {
  EXPECT_THROW(static_cast<void>(audit_predictions(table({"no", "yes"}, {"0", "1"}, kCounts), {})),
               InputError);
}

TEST(Predictions, RefuseATableWithoutRows) {
  EXPECT_THROW(static_cast<void>(audit_predictions(table({"0", "1"}, {"0", "1"}, {}), {})),
               InputError);
}

TEST(Predictions, SetEachOfManyClassesAgainstTheRest) {
  const PredictionAudit audit = audit_predictions(
      table({"a", "b", "c"}, {"a", "b", "c"}, {4, 1, 1, 0, 5, 1, 2, 0, 6}, 1), {});
  EXPECT_FALSE(audit.positive);
  EXPECT_DOUBLE_EQ(overall(audit, "accuracy"), 15.0 / 20.0);
  EXPECT_DOUBLE_EQ(overall(audit, "selection_rate[c]"), 8.0 / 20.0);
  EXPECT_DOUBLE_EQ(overall(audit, "true_positive_rate[b]"), 5.0 / 6.0);
  EXPECT_THAT(disparity(audit, "demographic_parity_difference").reason,
              testing::HasSubstr("--positive"));
}

TEST(Predictions, KeepMulticlassAccuracyWhenAClassIsNamed) {
  const PredictionAudit audit = audit_predictions(
      table({"a", "b", "c"}, {"a", "b", "c"}, {4, 1, 1, 0, 5, 1, 2, 0, 6}, 1), "a");
  EXPECT_DOUBLE_EQ(overall(audit, "accuracy"), 15.0 / 20.0);
  EXPECT_DOUBLE_EQ(overall(audit, "true_positive_rate"), 4.0 / 6.0);
}

TEST(Predictions, EqualizedOddsAreTheWorseOfBothRates) {
  // Group 0: TPR .5, FPR .1; group 1: TPR .6, FPR .4.
  const PredictionAudit audit =
      audit_predictions(table({"0", "1"}, {"0", "1"}, {9, 1, 5, 5, 6, 4, 4, 6}), {});
  EXPECT_DOUBLE_EQ(*disparity(audit, "equalized_odds_difference").value, 0.4 - 0.1);
  EXPECT_DOUBLE_EQ(*disparity(audit, "equalized_odds_ratio").value, 0.1 / 0.4);
  EXPECT_DOUBLE_EQ(*disparity(audit, "equal_opportunity_difference").value, 0.6 - 0.5);
}

/// Small tables with many empty cells.
ContingencyTable random_table(std::uint64_t index) {
  Stream stream(20'260'117, Purpose::kTest, index);
  const std::size_t groups = 1 + stream.below(5);
  std::vector<std::uint64_t> counts(groups * 4);
  for (std::uint64_t& count : counts) count = stream.below(3) == 0 ? 0 : stream.below(30);
  counts.front() += 1;
  return table({"0", "1"}, {"0", "1"}, counts, groups);
}

TEST(Predictions, DisparitiesLieInTheirRangeOrSayWhyTheyAreUndefined) {
  for (std::uint64_t index = 0; index < 300; ++index) {
    for (const Disparity& one : audit_predictions(random_table(index), {}).disparities) {
      const Estimate& estimate = one.estimate;
      EXPECT_EQ(estimate.value.has_value(), estimate.reason.empty()) << one.name;
      if (!estimate.value) continue;
      EXPECT_GE(*estimate.value, 0.0) << one.name;
      const bool has_no_upper_end = one.name.find("theil") != std::string::npos ||
                                    one.name.find("entropy") != std::string::npos ||
                                    one.name.starts_with("count_");
      if (!has_no_upper_end) {
        EXPECT_LE(*estimate.value, 1.0) << one.name;
      }
      EXPECT_LE(estimate.low.value_or(*estimate.value), *estimate.value) << one.name;
      EXPECT_GE(estimate.high.value_or(*estimate.value), *estimate.value) << one.name;
    }
  }
}

TEST(Predictions, ComplementaryRatesSumToOne) {
  for (std::uint64_t index = 0; index < 300; ++index) {
    const PredictionAudit audit = audit_predictions(random_table(index), {});
    for (const auto& [rate, rest] : {std::pair{"true_positive_rate", "false_negative_rate"},
                                     std::pair{"true_negative_rate", "false_positive_rate"},
                                     std::pair{"accuracy", "zero_one_loss"}}) {
      const Estimate& a = audit.frame.find(rate)->overall.estimate;
      const Estimate& b = audit.frame.find(rest)->overall.estimate;
      ASSERT_EQ(a.value.has_value(), b.value.has_value());
      if (!a.value) continue;
      EXPECT_NEAR(*a.value + *b.value, 1.0, 1e-12) << rate;
    }
  }
}

TEST(Strata, ExplainADifferenceThatIsOnlyBetweenThem) {
  // Group u is mostly in the stratum that is selected more; inside each stratum both are alike.
  ContingencyTable all({{.name = "job", .values = {"x", "y"}},
                        {.name = "group", .values = {"u", "v"}},
                        {.name = "label", .values = {"0", "1"}},
                        {.name = "prediction", .values = {"0", "1"}}});
  const std::vector<std::uint64_t> counts{10, 0, 0, 30, 5, 0, 0, 15, 30, 0, 0, 10, 60, 0, 0, 20};
  for (std::size_t cell = 0; cell < counts.size(); ++cell) all.add(cell, counts[cell]);
  const StrataAudit strata = audit_strata(all, {}, {.replicates = 0});
  const auto value = [&](const std::string& name) {
    return std::ranges::find(strata.disparities, name, &Disparity::name)->estimate;
  };
  const std::vector<std::size_t> kept{1, 2, 3};
  EXPECT_GT(
      *disparity(audit_predictions(all.marginal(kept), {}), "demographic_parity_difference").value,
      0.15);
  EXPECT_EQ(value("conditional_demographic_parity_difference").value, 0.0);
  EXPECT_EQ(value("conditional_demographic_parity_difference_mean").value, 0.0);
  EXPECT_EQ(value("conditional_demographic_parity_ratio").value, 1.0);
  EXPECT_EQ(strata.strata[0].rows, 60U);
}

TEST(Strata, ShowTheWorstOfThemAndTheMeanByRows) {
  // Selection rates .5 and .25 of 80 rows in x, .8 and .7 of 20 rows in y.
  ContingencyTable all({{.name = "job", .values = {"x", "y"}},
                        {.name = "group", .values = {"u", "v"}},
                        {.name = "label", .values = {"0", "1"}},
                        {.name = "prediction", .values = {"0", "1"}}});
  const std::vector<std::uint64_t> counts{20, 0, 0, 20, 30, 0, 0, 10, 2, 0, 0, 8, 3, 0, 0, 7};
  for (std::size_t cell = 0; cell < counts.size(); ++cell) all.add(cell, counts[cell]);
  const StrataAudit strata = audit_strata(all, {}, {.replicates = 0});
  const auto value = [&](const std::string& name) {
    return *std::ranges::find(strata.disparities, name, &Disparity::name)->estimate.value;
  };
  EXPECT_DOUBLE_EQ(value("conditional_demographic_parity_difference"), 0.25);
  EXPECT_DOUBLE_EQ(value("conditional_demographic_parity_ratio"), 0.5);
  EXPECT_DOUBLE_EQ(value("conditional_demographic_parity_difference_mean"), 0.22);
}

TEST(Strata, AreUndefinedWhereAStratumIs) {
  ContingencyTable all({{.name = "job", .values = {"x", "y"}},
                        {.name = "group", .values = {"u", "v"}},
                        {.name = "label", .values = {"0", "1"}},
                        {.name = "prediction", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < 12; ++cell) all.add(cell, 5);
  const StrataAudit strata = audit_strata(all, {}, {.replicates = 0});
  EXPECT_FALSE(strata.disparities[0].estimate.value);
  EXPECT_THAT(strata.disparities[0].estimate.reason,
              testing::StartsWith("In job=y: selection_rate"));
}

}  // namespace
}  // namespace af::audit

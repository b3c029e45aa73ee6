#include "audit/composition/composition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "audit/forms/text_report.h"
#include "audit/reports/composition_report.h"
#include "core/errors.h"

namespace af::audit {
namespace {

ContingencyTable cells(const std::vector<std::uint64_t>& counts) {
  ContingencyTable table({{.name = "char", .values = {"a", "d"}},
                          {.name = "color", .values = {"blue", "red", "green"}}});
  for (std::size_t cell = 0; cell < counts.size(); ++cell) table.add(cell, counts[cell]);
  return table;
}

const std::vector<std::uint64_t> kBiased{90, 10, 0, 5, 45, 0};

TEST(Composition, SharesAreOfAllRowsWithWilsonsInterval) {
  const Composition composition = compose(cells(kBiased), true);
  EXPECT_DOUBLE_EQ(*composition.shares[0].value, 90.0 / 150.0);
  EXPECT_EQ(composition.shares[0].low, wilson({90, 150}).low);
  EXPECT_EQ(composition.shares[2].value, 0.0);
}

TEST(Composition, GivesBothConditionalsAndLeavesThoseOfNoRowsUndefined) {
  const Composition composition = compose(cells(kBiased), true);
  ASSERT_EQ(composition.conditionals.size(), 2U);
  const Conditional& given_color = composition.conditionals[0];
  EXPECT_EQ(given_color.condition, 1U);
  EXPECT_DOUBLE_EQ(*given_color.shares[0][0].value, 90.0 / 95.0);
  EXPECT_DOUBLE_EQ(*given_color.shares[1][1].value, 45.0 / 55.0);
  EXPECT_FALSE(given_color.shares[2][0].value);
  const Conditional& given_char = composition.conditionals[1];
  EXPECT_DOUBLE_EQ(*given_char.shares[0][0].value, 0.9);
  EXPECT_EQ(given_char.shares[1][2].value, 0.0);
}

TEST(Composition, NamesMajorityAndMinorityOfEachClass) {
  const std::vector<ClassBias> bias = compose(cells({90, 10, 2, 5, 45, 5}), true).bias;
  ASSERT_EQ(bias.size(), 2U);
  EXPECT_EQ(bias[0].majority, 0U);
  EXPECT_EQ(bias[0].minority, 2U);
  EXPECT_EQ(bias[1].majority, 1U);
  EXPECT_EQ(bias[1].minority, 2U);  // Tied with blue: the last.
  EXPECT_DOUBLE_EQ(*bias[1].minority_share.value, 5.0 / 55.0);
}

TEST(Composition, ComparesBaseRatesBetweenGroups) {
  const Composition composition = compose(cells({90, 10, 4, 5, 45, 4}), true);
  const GroupMetric* rate = composition.frame.find("p_char_a");
  ASSERT_NE(rate, nullptr);
  EXPECT_DOUBLE_EQ(*rate->by_group[2].estimate.value, 0.5);
  EXPECT_DOUBLE_EQ(*rate->overall.estimate.value, 104.0 / 158.0);
  const auto found =
      std::ranges::find(composition.disparities, "p_char_a_difference", &Disparity::name);
  EXPECT_DOUBLE_EQ(*found->estimate.value, 90.0 / 95.0 - 10.0 / 55.0);
}

TEST(Composition, HasTheIntervalsThatAreAskedFor) {
  const Composition composition = compose(cells(kBiased), true, IntervalMethod::kClopperPearson);
  EXPECT_EQ(composition.shares[0].low, clopper_pearson({90, 150}).low);
  EXPECT_EQ(composition.conditionals[0].shares[0][0].low, clopper_pearson({90, 95}).low);
  EXPECT_EQ(composition.bias[0].majority_share.low, clopper_pearson({90, 100}).low);
  EXPECT_EQ(composition.frame.metrics[1].by_group[1].estimate.low, clopper_pearson({10, 55}).low);
}

ContingencyTable three_columns() {
  ContingencyTable table({{.name = "char", .values = {"a", "d"}},
                          {.name = "color", .values = {"blue", "red"}},
                          {.name = "size", .values = {"s", "l"}}});
  const std::uint64_t counts[] = {40, 30, 5, 9, 6, 4, 38, 33};
  for (std::size_t cell = 0; cell < 8; ++cell) table.add(cell, counts[cell]);
  return table;
}

TEST(Composition, RelatesTheClassToEachColumnAndToAllTogether) {
  const Composition composition = compose(three_columns(), true);
  ASSERT_EQ(composition.relations.size(), 3U);
  EXPECT_THAT(composition.relations[0].table.counts, testing::ElementsAre(70, 14, 10, 71));
  EXPECT_THAT(composition.relations[1].table.counts, testing::ElementsAre(45, 39, 44, 37));
  EXPECT_THAT(composition.relations[2].groups, testing::ElementsAre(1, 2));
  EXPECT_EQ(composition.relations[2].table.columns, 4U);
}

TEST(Composition, AdjustsAllShownTestsAsOneFamily) {
  const Composition composition = compose(three_columns(), true);
  double smallest = 1;
  double adjusted = 1;
  for (const Relation& relation : composition.relations) {
    ASSERT_EQ(relation.tests.size(), 3U);
    for (const TestResult& test : relation.tests) {
      if (*test.p_value < smallest) adjusted = *test.p_holm;
      smallest = std::min(smallest, *test.p_value);
    }
  }
  EXPECT_DOUBLE_EQ(adjusted, 9 * smallest);
}

TEST(Composition, JudgesFairnessBetweenAllGroupsTogether) {
  const Composition composition = compose(three_columns(), true);
  ASSERT_EQ(composition.four_fifths.size(), 2U);
  EXPECT_EQ(composition.four_fifths[0].lowest, 2U);   // red, s
  EXPECT_EQ(composition.four_fifths[0].highest, 1U);  // blue, l
  EXPECT_NEAR(*composition.four_fifths[0].ratio.value, (5.0 / 43) / (30.0 / 34), 1e-15);
  EXPECT_NEAR(*composition.differential_fairness.value, std::log((30.0 / 34) / (5.0 / 43)), 1e-14);
  EXPECT_EQ(composition.npmi.size(), 8U);
}

TEST(CompositionReport, SaysInWordsAndInJsonWhatTheTestsFound) {
  const Report report = composition_report(compose(three_columns(), true), "t.csv");
  const std::string text = text_report(report, false);
  EXPECT_THAT(text, testing::HasSubstr("Is char independent of the groups?"));
  EXPECT_THAT(text, testing::HasSubstr("None: no two groups change their order in all strata."));
  const auto& relation = report.document.at("relations")[2];
  EXPECT_EQ(relation.at("groups"), nlohmann::json({"color", "size"}));
  EXPECT_EQ(relation.at("tests")[2].at("test"), "fisher");
  EXPECT_EQ(relation.at("tests")[2].at("method"), "exact");
  EXPECT_EQ(report.document.at("four_fifths")[0].at("verdict"), "fails");
  EXPECT_EQ(report.document.at("four_fifths")[0].at("lowest").at("size"), "s");
  EXPECT_TRUE(report.document.at("counts")[0].contains("npmi"));
}

TEST(CompositionReport, SaysWhyNothingCouldBeTested) {
  const Report report = composition_report(compose(cells({3, 0, 0, 4, 0, 0}), true), "t.csv");
  EXPECT_THAT(text_report(report, false),
              testing::HasSubstr("[1] Fewer than two groups have rows."));
  const auto& test = report.document.at("relations")[0].at("tests")[0];
  EXPECT_TRUE(test.at("p_value").is_null());
  EXPECT_EQ(test.at("reason"), "Fewer than two groups have rows.");
}

TEST(Composition, OfGroupsAloneHasCountsOnly) {
  ContingencyTable groups({{.name = "g", .values = {"u", "v"}}});
  groups.add(0, 3);
  groups.add(1, 1);
  const Composition composition = compose(groups, false);
  EXPECT_TRUE(composition.conditionals.empty());
  EXPECT_TRUE(composition.bias.empty());
  EXPECT_DOUBLE_EQ(*composition.shares[1].value, 0.25);
}

TEST(Composition, RefusesATableWithoutRows) {
  EXPECT_THROW(static_cast<void>(compose(cells({}), true)), InputError);
}

}  // namespace
}  // namespace af::audit

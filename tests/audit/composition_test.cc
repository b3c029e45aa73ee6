#include "audit/composition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

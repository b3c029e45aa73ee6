#include "audit/statistics/paired_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "audit/runs/heuristic_comparison.h"
#include "tests/audit/oracle.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

TEST(PairedTests, AgreeWithScipy) {
  const nlohmann::json values = test::oracle("paired.json").at("paired");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const auto differences = one.at("differences").get<std::vector<double>>();
    const TestResult t = paired_t_test(differences);
    EXPECT_NEAR(*t.statistic, one.at("t").get<double>(), 1e-9) << one;
    EXPECT_NEAR(*t.p_value, one.at("t_p").get<double>(), 1e-9) << one;
    const TestResult ranks = signed_rank_test(differences);
    EXPECT_NEAR(*ranks.statistic, one.at("w").get<double>(), 1e-9) << one;
    EXPECT_NEAR(*ranks.p_value, one.at("w_p").get<double>(), 1e-9) << one;
  }
}

TEST(PairedTests, SayWhyNothingCanBeTested) {
  EXPECT_EQ(paired_t_test(std::vector{0.5}).reason, "Fewer than two pairs have no spread.");
  EXPECT_EQ(paired_t_test(std::vector{0.5, 0.5, 0.5}).reason,
            "All pairs have the same difference.");
  EXPECT_EQ(signed_rank_test(std::vector{0.0, 0.0}).reason, "No pair has a difference.");
}

TEST(SignedRanks, TakeDifferencesThatRoundingSetApartAsTied) {
  const std::vector<double> rounded{0.3 - 0.2, 0.2 - 0.1, -(0.4 - 0.3), 0.5, 0.6, 0.7};
  const std::vector<double> exact{1, 1, -1, 5, 6, 7};
  EXPECT_EQ(signed_rank_test(rounded).statistic, 2.0);
  EXPECT_EQ(signed_rank_test(rounded).p_value, signed_rank_test(exact).p_value);
}

SeedValues values_of(std::vector<std::vector<std::optional<double>>> values) {
  return {.measure = "m", .values = std::move(values)};
}

TEST(HeuristicComparison, PairsTheSeedsOfEveryTwoHeuristics) {
  const auto pairs = compare_heuristics({values_of(
      {{1.0, 2.0, 3.5, 4.0, 5.0, 6.0}, {0.0, 1.5, 2.0, 3.0, 4.5, 5.0}, {9, 9, 9, 9, 9, 8}})});
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_NEAR(pairs[0].difference.mean, (1 + 0.5 + 1.5 + 1 + 0.5 + 1) / 6, 1e-15);
  EXPECT_EQ(pairs[0].signed_ranks.p_value, 2.0 / 64);
  EXPECT_EQ(pairs[2].first, 1U);
  EXPECT_EQ(pairs[2].second, 2U);
  // Three tests of each kind; the smallest p-value is multiplied by all of them.
  EXPECT_DOUBLE_EQ(*pairs[0].signed_ranks.p_holm, 3 * 2.0 / 64);
  double smallest = 1;
  double adjusted = 1;
  for (const PairedComparison& pair : pairs) {
    if (*pair.t_test.p_value < smallest) adjusted = *pair.t_test.p_holm;
    smallest = std::min(smallest, *pair.t_test.p_value);
  }
  EXPECT_DOUBLE_EQ(adjusted, 3 * smallest);
}

TEST(HeuristicComparison, SaysThatThereAreTooFewSeeds) {
  const auto three = compare_heuristics({values_of({{1.0, 2.0, 3.5}, {0.0, 1.5, 2.0}})});
  EXPECT_FALSE(three[0].t_test.p_value);
  EXPECT_EQ(three[0].t_test.reason, "Too few seeds for a paired t test: 3, expected at least 5.");
  EXPECT_FALSE(three[0].signed_ranks.p_value);
  EXPECT_EQ(three[0].signed_ranks.reason,
            "Too few seeds for a signed rank test: 3 cannot give p below 0.25, 6 are needed for "
            "0.05.");
  const auto five =
      compare_heuristics({values_of({{1.0, 2.0, 3.5, 4.0, 5.0}, {0.0, 1.5, 2.0, 3.0, 4.5}})});
  EXPECT_TRUE(five[0].t_test.p_value);
  EXPECT_FALSE(five[0].signed_ranks.p_value);
}

TEST(HeuristicComparison, IsUndefinedIfAnySeedIs) {
  const auto pairs = compare_heuristics(
      {values_of({{1.0, 2.0, std::nullopt, 4.0, 5.0, 7.0}, {0.0, 1.5, 2.0, 3.0, 4.5, 5.0}})});
  EXPECT_FALSE(pairs[0].difference.estimate.value);
  EXPECT_EQ(pairs[0].t_test.reason, "It is undefined in 1 of 6 seeds.");
  EXPECT_EQ(pairs[0].signed_ranks.reason, "It is undefined in 1 of 6 seeds.");
}

}  // namespace
}  // namespace af::audit

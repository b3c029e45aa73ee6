#include "audit/composition/subset.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audit/runs/run_drift.h"
#include "audit/statistics/fisher_test.h"
#include "audit/statistics/interval.h"
#include "core/errors.h"
#include "tests/audit/oracle.h"

namespace af::audit {
namespace {

ContingencyTable table(const std::vector<std::uint64_t>& counts) {
  ContingencyTable result({{.name = "g", .values = {"u", "v", "w"}}});
  for (std::size_t cell = 0; cell < counts.size(); ++cell) result.add(cell, counts[cell]);
  return result;
}

TEST(Subset, ExpectsEachCellAtItsShareOfThePool) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  EXPECT_DOUBLE_EQ(audit.cells[0].expected, 45.0);
  EXPECT_DOUBLE_EQ(audit.cells[1].expected, 5.0);
  EXPECT_EQ(audit.cells[1].labelled, 20U);
}

TEST(Subset, RepresentationIsLabelledShareOverPoolShare) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  const Estimate& over = audit.cells[1].representation;
  EXPECT_DOUBLE_EQ(*over.value, 0.4 / 0.1);
  EXPECT_DOUBLE_EQ(*over.low, wilson({20, 50}).low / 0.1);
  EXPECT_DOUBLE_EQ(*over.high, wilson({20, 50}).high / 0.1);
}

TEST(Subset, RepresentationOfACellThatThePoolLacksIsUndefined) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  EXPECT_FALSE(audit.cells[2].representation.value);
  EXPECT_EQ(audit.cells[2].representation.reason, "The pool has no rows of this cell.");
}

TEST(Subset, OfTheWholePoolIsRepresentedEvenly) {
  const SubsetAudit audit = compare_with_pool(table({7, 2, 4}), table({7, 2, 4}));
  for (const SubsetCell& cell : audit.cells) EXPECT_DOUBLE_EQ(*cell.representation.value, 1.0);
}

ContingencyTable table_of(const nlohmann::json& counts) {
  Factor factor{.name = "g", .values = {}};
  for (std::size_t i = 0; i < counts.size(); ++i) factor.values.push_back(std::to_string(i));
  ContingencyTable result({factor});
  for (std::size_t cell = 0; cell < counts.size(); ++cell) result.add(cell, counts[cell]);
  return result;
}

TEST(Subset, TestsEachCellAsScipyDoes) {
  const nlohmann::json values = test::oracle("paired.json").at("subsets");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const SubsetAudit audit =
        compare_with_pool(table_of(one.at("pool")), table_of(one.at("labelled")));
    for (std::size_t cell = 0; cell < audit.cells.size(); ++cell) {
      const double p = one.at("p")[cell].get<double>();
      EXPECT_NEAR(*audit.cells[cell].test.p_value, p, 1e-9 * p) << one;
      EXPECT_GE(*audit.cells[cell].test.p_holm, p * (1 - 1e-9));
    }
    EXPECT_NEAR(audit.drift.total_variation_at_random.value(),
                one.at("total_variation_at_random").get<double>(), 1e-9)
        << one;
  }
}

TEST(Subset, TestsAllCellsTogether) {
  const SubsetAudit audit = compare_with_pool(table({90, 10, 25}), table({3, 6, 2}));
  const TwoWayTable same{.rows = 2, .columns = 3, .counts = {3, 6, 2, 87, 4, 23}};
  EXPECT_EQ(audit.test.p_value, fisher_test(same).p_value);
  EXPECT_EQ(audit.test.method, "exact");
}

TEST(Subset, OfTheWholePoolOrOfOneCellCannotBeTestedAsAWhole) {
  EXPECT_EQ(compare_with_pool(table({7, 2, 4}), table({7, 2, 4})).test.reason,
            "The whole pool is labelled.");
  EXPECT_EQ(compare_with_pool(table({7, 0, 0}), table({3, 0, 0})).test.reason,
            "The pool has rows in one cell only.");
}

TEST(Subset, LeavesCellsThatThePoolLacksOutOfTheTests) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  EXPECT_FALSE(audit.cells[2].test.p_value);
  EXPECT_EQ(audit.cells[2].test.reason, "The pool has no rows of this cell.");
  EXPECT_DOUBLE_EQ(*audit.cells[0].test.p_holm, 2 * *audit.cells[0].test.p_value);
}

TEST(Subset, MeasuresItsDriftFromThePool) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  EXPECT_NEAR(audit.drift.total_variation, 0.3, 1e-15);
  EXPECT_NEAR(*audit.drift.psi.value, 0.3 * std::log(9.0) - 0.3 * std::log(0.6 / 0.4), 1e-12);
  EXPECT_FALSE(compare_with_pool(table({9, 1, 1}), table({3, 1, 0})).drift.psi.value);
}

TEST(Subset, RefusesMoreLabelledRowsThanThePoolHas) {
  EXPECT_THROW(static_cast<void>(compare_with_pool(table({7, 2, 4}), table({1, 3, 0}))),
               InputError);
}

TEST(FirstDrift, SpendsAnEqualPartOfAlphaOnEveryStep) {
  // Two complementary cells have the same p-value, so that Holm doubles it.
  const ContingencyTable pool = table({80, 20, 0});
  const std::vector<ContingencyTable> labelled{table({8, 2, 0}), table({9, 7, 0}),
                                               table({10, 11, 0}), table({20, 18, 0})};
  const auto p = [&](std::size_t step) {
    return *hypergeometric_tests(pool, labelled[step])[0].p_value;
  };
  ASSERT_LT(2 * p(2), 0.01);  // Far below alpha / 4; the step before is not.
  ASSERT_GT(2 * p(1), 0.0125);
  EXPECT_EQ(first_drift(pool, labelled).any, 2U);
  EXPECT_EQ(first_drift(pool, labelled, 4 * 2 * p(1) * 1.0001).any, 1U);
  EXPECT_EQ(first_drift(pool, labelled, 4 * 2 * p(1) * 0.9999).any, 2U);
}

TEST(FirstDrift, IsEmptyForCellsThatNeverDrift) {
  const std::vector<ContingencyTable> labelled{table({8, 1, 1}), table({8, 1, 11})};
  const FirstSteps first = first_drift(table({80, 10, 20}), labelled);
  EXPECT_EQ(first.cells[0], 1U);
  EXPECT_EQ(first.cells[1], std::nullopt);
  EXPECT_EQ(first.cells[2], 1U);
}

TEST(Subset, RefusesASubsetWithoutRows) {
  EXPECT_THROW(static_cast<void>(compare_with_pool(table({7, 2, 4}), table({}))), InputError);
}

}  // namespace
}  // namespace af::audit

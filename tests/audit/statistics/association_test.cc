#include "audit/statistics/association.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audit/composition/base_rate_rules.h"
#include "audit/composition/simpson.h"
#include "audit/statistics/divergence.h"
#include "audit/statistics/ratio_interval.h"
#include "tests/audit/oracle.h"

namespace af::audit {
namespace {

TwoWayTable table_of(const nlohmann::json& rows) {
  TwoWayTable table{.rows = rows.size(), .columns = rows[0].size(), .counts = {}};
  for (const auto& row : rows) {
    for (const auto& count : row) table.counts.push_back(count.get<std::uint64_t>());
  }
  return table;
}

void expect_close(double value, double expected, const nlohmann::json& of) {
  EXPECT_NEAR(value, expected, 1e-9 * std::max(1e-3, std::abs(expected))) << of;
}

TEST(Association, AgreesWithScipy) {
  const nlohmann::json values = test::oracle("independence.json").at("association");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const TwoWayTable table = table_of(one.at("table"));
    expect_close(*cramers_v(table).value, one.at("v"), one);
    const Estimate corrected = corrected_cramers_v(table);
    expect_close(*corrected.value, one.at("corrected"), one);
    expect_close(*corrected.low, one.at("low"), one);
    expect_close(*corrected.high, one.at("high"), one);
    expect_close(mutual_information(table), one.at("mi"), one);
    expect_close(entropy(table.row_sums()), one.at("entropy"), one);
    for (std::size_t cell = 0; cell < table.counts.size(); ++cell) {
      const Estimate npmi =
          normalised_pmi(table.counts[cell], table.row_sums()[cell / table.columns],
                         table.column_sums()[cell % table.columns], table.total());
      expect_close(*npmi.value, one.at("npmi")[cell], one);
    }
  }
}

TEST(Noncentrality, AgreesWithScipyAndTheSquareOfANormalVariable) {
  const nlohmann::json values = test::oracle("independence.json").at("noncentrality");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const double expected = one[3].get<double>();
    EXPECT_NEAR(noncentrality(one[0], one[1], one[2]), expected, 1e-9 * std::max(1.0, expected))
        << one;
  }
}

TEST(Noncentrality, GoesOnWhereTheNormalApproximationTakesOver) {
  for (const double degrees : {1.0, 4.0, 60.0}) {
    const double before = noncentrality(1e7, degrees, 0.025);
    const double after = noncentrality(1e7 * (1 + 1e-12), degrees, 0.025);
    EXPECT_NEAR(after, before, 2e-9 * before) << degrees;
  }
}

TEST(CramersV, OfACompleteAssociationIsOne) {
  const TwoWayTable table{.rows = 2, .columns = 2, .counts = {500, 0, 0, 500}};
  EXPECT_DOUBLE_EQ(*cramers_v(table).value, 1.0);
  EXPECT_NEAR(*corrected_cramers_v(table).value, 1.0, 1e-12);
  EXPECT_EQ(*corrected_cramers_v(table).high, 1.0);
}

TEST(CramersV, IsUndefinedWhereTheCorrectionLeavesNothing) {
  const TwoWayTable table{.rows = 2, .columns = 2, .counts = {1, 0, 0, 1}};
  EXPECT_FALSE(corrected_cramers_v(table).value);
  EXPECT_EQ(corrected_cramers_v(table).reason,
            "There are too few rows for so many classes and groups.");
}

TEST(MutualInformation, KeepsItsDigitsWhereTheTableIsNearlyIndependent) {
  const TwoWayTable table{
      .rows = 2, .columns = 2, .counts = {1'000'001, 1'000'000, 1'000'000, 1'000'001}};
  // 2 N I is X^2 up to higher orders: (1/2)^2 / 10^6 in each of the four cells.
  EXPECT_NEAR(mutual_information(table) * 2 * 4'000'002 / 1e-6, 1.0, 1e-5);
}

TEST(NormalisedPmi, IsMinusOneForAnEmptyCellAndUndefinedForAnEmptyGroup) {
  EXPECT_EQ(normalised_pmi(0, 4, 5, 9).value, -1.0);
  EXPECT_FALSE(normalised_pmi(0, 4, 0, 9).value);
  EXPECT_FALSE(normalised_pmi(9, 9, 9, 9).value);
}

TEST(Divergences, AgreeWithScipy) {
  const nlohmann::json values = test::oracle("independence.json").at("divergence");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const auto first = one.at("first").get<std::vector<std::uint64_t>>();
    const auto second = one.at("second").get<std::vector<std::uint64_t>>();
    EXPECT_NEAR(total_variation(first, second), one.at("tv").get<double>(), 1e-12) << one;
    const double js = one.at("js").get<double>();
    EXPECT_NEAR(jensen_shannon(first, second), js, 1e-9 * std::max(js, 1e-6)) << one;
    const Estimate psi = population_stability_index(first, second);
    EXPECT_EQ(psi.value.has_value(), !one.at("psi").is_null()) << one;
    if (psi.value) {
      EXPECT_NEAR(*psi.value, one.at("psi").get<double>(), 1e-12) << one;
    }
  }
}

TEST(FourFifths, SaysUndeterminedWhereTheIntervalHasTheBoundInside) {
  const auto rule = [](std::uint64_t scale) {
    return four_fifths(
        {.rows = 2, .columns = 2, .counts = {30 * scale, 50 * scale, 70 * scale, 50 * scale}})[0];
  };
  EXPECT_DOUBLE_EQ(*rule(1).ratio.value, 0.6);
  EXPECT_EQ(rule(1).ratio.low, koopman({30, 100}, {50, 100}).low);
  EXPECT_EQ(rule(1).verdict, RuleVerdict::kUndetermined);
  EXPECT_EQ(rule(100).verdict, RuleVerdict::kFails);
  const FourFifths even = four_fifths({.rows = 1, .columns = 2, .counts = {5000, 5000}})[0];
  EXPECT_EQ(even.verdict, RuleVerdict::kHolds);
}

TEST(FourFifths, IsUndefinedIfAGroupOrTheClassHasNoRows) {
  EXPECT_EQ(four_fifths({.rows = 2, .columns = 3, .counts = {3, 0, 4, 2, 0, 1}})[0].ratio.reason,
            "A group has no rows.");
  EXPECT_EQ(four_fifths({.rows = 2, .columns = 2, .counts = {0, 0, 2, 1}})[0].ratio.reason,
            "The class has no rows.");
  EXPECT_EQ(four_fifths({.rows = 2, .columns = 2, .counts = {3, 0, 2, 0}})[0].ratio.reason,
            "Fewer than two groups have rows.");
}

TEST(DifferentialFairness, IsTheLargestLogRatioOfBaseRates) {
  // P(first | g) is 0.2 and 0.4, P(second | g) 0.8 and 0.6; the third group has no rows.
  const TwoWayTable table{.rows = 2, .columns = 3, .counts = {20, 40, 0, 80, 60, 0}};
  EXPECT_NEAR(*differential_fairness(table, 0).value, std::log(2.0), 1e-15);
  EXPECT_NEAR(*differential_fairness(table, 1).value, std::log((41.0 / 102) / (21.0 / 102)), 1e-15);
}

TEST(DifferentialFairness, IsUndefinedForAnEmptyCellUnlessSmoothed) {
  const TwoWayTable table{.rows = 2, .columns = 2, .counts = {0, 40, 80, 60}};
  EXPECT_EQ(differential_fairness(table, 0).reason,
            "A class has no rows in a group that has rows.");
  EXPECT_NEAR(*differential_fairness(table, 1).value, std::log((41.0 / 102) / (1.0 / 82)), 1e-15);
}

/// Class by treatment by stone size, from Charig et al. 1986, "Comparison of treatment of renal
/// calculi", the textbook case.
ContingencyTable kidney_stones(std::uint64_t small_successes_of_b) {
  ContingencyTable table({{.name = "outcome", .values = {"failure", "success"}},
                          {.name = "treatment", .values = {"A", "B"}},
                          {.name = "stones", .values = {"small", "large"}}});
  const std::uint64_t counts[] = {6,  71,  270 - small_successes_of_b, 25,
                                  81, 192, small_successes_of_b,       55};
  for (std::size_t cell = 0; cell < 8; ++cell) table.add(cell, counts[cell]);
  return table;
}

TEST(Simpson, FindsTheTextbookReversal) {
  const auto reversals = simpson_reversals(kidney_stones(234));
  ASSERT_EQ(reversals.size(), 1U);
  const SimpsonReversal& one = reversals.front();
  EXPECT_EQ(one.share_of, std::pair(std::string("outcome"), std::string("success")));
  EXPECT_EQ(one.column, "treatment");
  EXPECT_EQ(one.first, "B");  // B does better over all ...
  EXPECT_EQ(one.stratum_column, "stones");
  EXPECT_NEAR(*one.overall.value, 289.0 / 350 - 273.0 / 350, 1e-15);
  EXPECT_NEAR(*one.strata[0].difference.value, 234.0 / 270 - 81.0 / 87, 1e-15);  // ... and worse
  EXPECT_NEAR(*one.strata[1].difference.value, 55.0 / 80 - 192.0 / 263, 1e-15);  // in both.
}

TEST(Simpson, FindsNoneIfOneStratumAgrees) {
  EXPECT_TRUE(simpson_reversals(kidney_stones(260)).empty());
}

}  // namespace
}  // namespace af::audit

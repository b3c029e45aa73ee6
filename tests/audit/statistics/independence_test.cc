#include "audit/statistics/independence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "audit/statistics/fisher_test.h"
#include "audit/statistics/hypergeometric.h"
#include "audit/statistics/multiple_testing.h"
#include "audit/statistics/random_table.h"
#include "tests/audit/oracle.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

TwoWayTable table_of(const nlohmann::json& rows) {
  TwoWayTable table{.rows = rows.size(), .columns = rows[0].size(), .counts = {}};
  for (const auto& row : rows) {
    for (const auto& count : row) table.counts.push_back(count.get<std::uint64_t>());
  }
  return table;
}

/// Relative, since far in the tail an absolute bound would pass anything.
void expect_close(double value, double expected, const nlohmann::json& of) {
  EXPECT_NEAR(value, expected, 1e-9 * std::abs(expected)) << of;
}

TEST(ChiSquareAndG, AgreeWithScipyAndInTheTailsWithMpmath) {
  const nlohmann::json values = test::oracle("independence.json").at("independence");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const TwoWayTable table = table_of(one.at("table"));
    const auto& expected = one.at("expected");
    const TestResult pearson = chi_square_test(table);
    const TestResult g = g_test(table);
    expect_close(*pearson.statistic, expected[0], one);
    expect_close(*g.statistic, expected[1], one);
    EXPECT_EQ(*pearson.degrees_of_freedom, expected[2].get<double>());
    expect_close(*pearson.p_value, expected[3], one);
    expect_close(*g.p_value, expected[4], one);
  }
}

TEST(ChiSquare, LeavesEmptyRowsAndColumnsOut) {
  const TwoWayTable with{.rows = 3, .columns = 3, .counts = {4, 0, 9, 0, 0, 0, 8, 0, 3}};
  const TwoWayTable without{.rows = 2, .columns = 2, .counts = {4, 9, 8, 3}};
  EXPECT_EQ(chi_square_test(with).p_value, chi_square_test(without).p_value);
  EXPECT_EQ(fisher_test(with).p_value, fisher_test(without).p_value);
}

TEST(IndependenceTests, SayWhyNothingCanBeTested) {
  const TwoWayTable one_group{.rows = 2, .columns = 2, .counts = {4, 0, 9, 0}};
  for (const TestResult& test :
       {chi_square_test(one_group), g_test(one_group), fisher_test(one_group)}) {
    EXPECT_FALSE(test.p_value);
    EXPECT_EQ(test.reason, "Fewer than two groups have rows.");
  }
  EXPECT_EQ(g_test({.rows = 2, .columns = 2, .counts = {0, 0, 0, 0}}).reason,
            "Fewer than two classes have rows.");
}

TEST(IndependenceTests, SayWhereTheApproximationIsDoubtful) {
  EXPECT_EQ(chi_square_test({.rows = 2, .columns = 2, .counts = {10, 10, 10, 10}}).method,
            "approximate");
  EXPECT_EQ(chi_square_test({.rows = 2, .columns = 2, .counts = {4, 4, 5, 5}}).method,
            "doubtful: expected < 5");
  EXPECT_EQ(g_test({.rows = 2, .columns = 2, .counts = {4, 4, 5, 5}}).method,
            "doubtful: expected < 5");
}

TEST(SmallestExpected, IsTheLeastProductOfTheMargins) {
  EXPECT_DOUBLE_EQ(smallest_expected({.rows = 2, .columns = 2, .counts = {1, 9, 9, 81}}), 1.0);
}

TEST(Fisher, OfTwoByTwoAgreesWithScipyAndForHugeCountsWithMpmath) {
  const nlohmann::json values = test::oracle("independence.json").at("fisher_two_by_two");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const TestResult test =
        fisher_test({.rows = 2, .columns = 2, .counts = {one[0], one[1], one[2], one[3]}});
    expect_close(*test.p_value, one[4], one);
    EXPECT_EQ(test.method, "exact");
  }
}

TEST(Fisher, OfLargerTablesAgreesWithTheListOfAllTables) {
  const nlohmann::json values = test::oracle("independence.json").at("fisher_larger");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const TwoWayTable table = table_of(one.at("table"));
    const TestResult test = fisher_test(table);
    EXPECT_EQ(test.method, "exact");
    expect_close(*test.p_value, one.at("p"), one);
    expect_close(*fisher_test(table.transposed()).p_value, one.at("p"), one);
  }
}

TEST(Fisher, ByTheNetworkIsTheSameAsTwoByTwo) {
  const TwoWayTable table{.rows = 2, .columns = 2, .counts = {12, 5, 7, 30}};
  expect_close(*exact_table_p(table, 100'000), *fisher_test(table).p_value, {});
}

TEST(Fisher, SimulatesWhatCostsTooMuchWithinItsStandardErrors) {
  const TwoWayTable table{.rows = 3, .columns = 3, .counts = {8, 4, 3, 2, 7, 3, 4, 5, 9}};
  const double exact = *fisher_test(table).p_value;
  const TestResult simulated = fisher_test(table, {.max_steps = 10});
  EXPECT_THAT(simulated.method, HasSubstr("Monte Carlo, 9999"));
  EXPECT_GT(*simulated.standard_error, 0.0);
  EXPECT_NEAR(*simulated.p_value, exact, 4 * *simulated.standard_error);
  EXPECT_NE(*simulated.p_value, exact);
  EXPECT_EQ(simulated.p_value, fisher_test(table, {.max_steps = 10}).p_value);
}

TEST(Fisher, DrawsFewerLargeTablesAndNoneThatAreTooLarge) {
  const auto flat = [](std::size_t side) {
    return TwoWayTable{
        .rows = side, .columns = side, .counts = std::vector<std::uint64_t>(side * side, 3)};
  };
  EXPECT_EQ(fisher_test(flat(20)).method, "Monte Carlo, 5000 tables");
  const TestResult test = fisher_test(flat(50));
  EXPECT_FALSE(test.p_value);
  EXPECT_EQ(test.reason, "The table has 2500 cells; random tables are drawn up to 2002.");
}

TEST(TableProbability, AgreesWithScipy) {
  const nlohmann::json values = test::oracle("distributions.json");
  for (const auto& one : values.at("poisson")) {
    expect_close(log_poisson(one[0], one[1]), one[2], one);
  }
  for (const auto& one : values.at("hypergeometric")) {
    const Hypergeometric of{.population = one[0], .successes = one[1], .draws = one[2]};
    expect_close(of.log_probability(one[3]), one[4], one);
    expect_close(of.mean_absolute_deviation(), one[5], one);
  }
  for (const auto& one : values.at("tables")) {
    const TwoWayTable table = table_of(one.at("table")).without_empty();
    expect_close(log_cells(table) + log_margins(table), one.at("log"), one);
  }
}

TEST(TableProbability, SumsToOneOverAllTables) {
  const Hypergeometric of{.population = 4'000'000, .successes = 300, .draws = 1'000'000};
  double sum = 0;
  for (std::uint64_t k = of.lowest(); k <= of.highest(); ++k)
    sum += std::exp(of.log_probability(k));
  EXPECT_NEAR(sum, 1.0, 1e-12);
}

/// Chi-square of draws against the probabilities, bins of at least 5 expected.
double goodness_of_fit(const Hypergeometric& of, std::uint64_t draws) {
  std::map<std::uint64_t, std::uint64_t> seen;
  for (std::uint64_t i = 0; i < draws; ++i) {
    Stream stream(7, Purpose::kTest, i);
    ++seen[draw(of, stream)];
  }
  double expected = 0;
  double statistic = 0;
  double bins = -1;
  std::uint64_t observed = 0;
  for (std::uint64_t k = of.lowest(); k <= of.highest(); ++k) {
    expected += static_cast<double>(draws) * std::exp(of.log_probability(k));
    observed += seen[k];
    if (expected < 5 && k < of.highest()) continue;
    if (expected > 0) {
      statistic += std::pow(static_cast<double>(observed) - expected, 2) / std::max(expected, 5.0);
    }
    ++bins;
    expected = 0;
    observed = 0;
  }
  return (statistic - bins) / std::sqrt(2 * bins);  // Standard deviations from its mean.
}

TEST(HypergeometricDraws, HaveTheirProbabilities) {
  // Few counts by inversion; many by ratio of uniforms; the support cut on either side.
  for (const Hypergeometric& of :
       {Hypergeometric{20, 8, 6}, Hypergeometric{100, 50, 40},
        Hypergeometric{100'000, 3'000, 2'000}, Hypergeometric{1'000, 990, 500},
        Hypergeometric{1'000'000, 13, 70'000}, Hypergeometric{2'000'000'000, 1'000'000'000, 400}}) {
    EXPECT_LT(std::abs(goodness_of_fit(of, 20'000)), 4.5) << of.population << " " << of.successes;
  }
}

TEST(RandomTable, KeepsTheMargins) {
  const std::vector<std::uint64_t> rows{10, 0, 25, 7};
  const std::vector<std::uint64_t> columns{30, 5, 7};
  for (std::uint64_t i = 0; i < 200; ++i) {
    Stream stream(3, Purpose::kTest, i);
    const TwoWayTable table = random_table(rows, columns, stream);
    EXPECT_EQ(table.row_sums(), rows);
    EXPECT_EQ(table.column_sums(), columns);
  }
}

TEST(Holm, AgreesWithStatsmodels) {
  const nlohmann::json values = test::oracle("independence.json").at("holm");
  ASSERT_FALSE(values.empty());
  for (const auto& one : values) {
    const auto adjusted = holm(one[0].get<std::vector<double>>());
    for (std::size_t i = 0; i < adjusted.size(); ++i) {
      EXPECT_NEAR(adjusted[i], one[1][i].get<double>(), 1e-12) << one;
    }
  }
}

TEST(Holm, LeavesTestsWithoutAPValueOutOfTheFamily) {
  TestResult first{.test = "a", .p_value = 0.02};
  TestResult none{.test = "b"};
  TestResult second{.test = "c", .p_value = 0.03};
  adjust_by_holm({&first, &none, &second});
  EXPECT_DOUBLE_EQ(*first.p_holm, 0.04);
  EXPECT_DOUBLE_EQ(*second.p_holm, 0.04);
  EXPECT_FALSE(none.p_holm);
}

}  // namespace
}  // namespace af::audit

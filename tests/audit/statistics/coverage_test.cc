#include "tests/audit/statistics/coverage.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "audit/statistics/fisher_test.h"
#include "audit/statistics/independence.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

TEST(Coverage, OfClopperPearsonIsNeverUnder95Percent) {
  for (const std::uint64_t n : {1U, 5U, 20U, 100U}) {
    for (int i = 1; i < 200; ++i) {
      EXPECT_GE(binomial_coverage(n, i / 200.0, IntervalMethod::kClopperPearson), 0.95 - 1e-12)
          << n << " " << i;
    }
  }
}

TEST(Coverage, OfWilsonIs95PercentOnAverage) {
  for (const std::uint64_t n : {20U, 100U}) {
    double mean = 0;
    for (int i = 1; i < 500; ++i) {
      mean += binomial_coverage(n, i / 500.0, IntervalMethod::kWilson) / 499;
    }
    EXPECT_NEAR(mean, 0.95, 0.006) << n;
  }
}

TEST(Coverage, OfWilsonFallsNearZeroAsBrownCaiAndDasGuptaHaveIt) {
  // Their coverage probability has a dip below 0.9 for p near 0 at any n.
  double least = 1;
  for (int i = 1; i < 1000; ++i) {
    least = std::min(least, binomial_coverage(50, i / 2e4, IntervalMethod::kWilson));
  }
  EXPECT_LT(least, 0.9);
  EXPECT_GT(least, 0.8);
}

TEST(Coverage, OfNewcombeIsBetween93And97PercentWhereExpectedCountsAreTenOrMore) {
  for (const auto& [p, q] : {std::pair{0.2, 0.2}, {0.2, 0.5}, {0.5, 0.5}}) {
    const double coverage = newcombe_coverage(100, p, q);
    EXPECT_GT(coverage, 0.93) << p << " " << q;
    EXPECT_LT(coverage, 0.97) << p << " " << q;
  }
}

TEST(FalsePositives, OfExactTestsAreNeverAbove5Percent) {
  const PValue fisher = [](const TwoWayTable& table) { return *fisher_test(table).p_value; };
  for (const std::uint64_t n : {5U, 20U, 60U}) {
    for (const double p : {0.02, 0.2, 0.5}) EXPECT_LE(false_positives(n, p, fisher), 0.05) << n;
  }
  for (const std::uint64_t labelled : {20U, 100U, 1000U}) {
    EXPECT_LE(hypergeometric_false_positives(2'000, 400, labelled), 0.05) << labelled;
  }
}

TEST(FalsePositives, OfChiSquareAreNear5PercentWhereExpectedCountsAreLarge) {
  const PValue test = [](const TwoWayTable& table) { return *chi_square_test(table).p_value; };
  EXPECT_NEAR(false_positives(100, 0.5, test), 0.05, 0.01);
}

/// Four standard errors above 5 %.
double bound(std::uint64_t replicates) {
  return 0.05 + 4 * std::sqrt(0.05 * 0.95 / static_cast<double>(replicates));
}

TEST(FalsePositives, OfSimulatedTestsAreAt5PercentWithinTheError) {
  EXPECT_LT(simulated_fisher_false_positives(30, 400), bound(400));
  const PairedErrors errors = paired_false_positives(8, 2'000);
  EXPECT_LT(errors.t, bound(2'000));
  EXPECT_GT(errors.t, 0.03);
  EXPECT_LT(errors.signed_ranks, bound(2'000));
  EXPECT_GT(errors.signed_ranks, 0.02);
}

TEST(FalsePositives, OfFamiliesAreAt5PercentWithinTheError) {
  for (const double p : {0.02, 0.2, 0.5}) {
    EXPECT_LE(false_positives(100, p, smallest_of_three_by_holm), 0.05) << p;
  }
  const PairedErrors compared = compared_false_positives(10, 1'000);
  EXPECT_LT(compared.t, bound(1'000));
  EXPECT_GT(compared.t, 0.02);
  EXPECT_LT(compared.signed_ranks, bound(1'000));
  EXPECT_LT(drift_false_alarms(1, 100, 2'000), bound(2'000));
  EXPECT_LT(all_cells_false_positives(20, 200), bound(200));
}

TEST(FalsePositives, OfDriftOverAllStepsAndCellsAreAtMost5Percent) {
  const double alarms = drift_false_alarms(10, 50, 1'000);
  EXPECT_LT(alarms, bound(1'000));
  EXPECT_GT(alarms, 0.0);
}

TEST(CoverageDocument, HasTheFiguresOfThisCode) {
  std::ifstream file(AF_SOURCE_DIR "/docs/audit-intervals.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto row = [](const std::string& label, auto of) {
    return fmt::format("| {} | {:.2f} | {:.2f} | {:.2f} |\n", label, 100 * of(20), 100 * of(100),
                       100 * of(1000));
  };
  EXPECT_THAT(text, HasSubstr(row("Wilson score, p = 0.02", [](std::uint64_t n) {
                return binomial_coverage(n, 0.02, IntervalMethod::kWilson);
              })));
  EXPECT_THAT(text, HasSubstr(row("Clopper-Pearson, p = 0.2", [](std::uint64_t n) {
                return binomial_coverage(n, 0.2, IntervalMethod::kClopperPearson);
              })));
  EXPECT_THAT(text, HasSubstr(row("Newcombe, p = 0.02 and 0.2", [](std::uint64_t n) {
                return newcombe_coverage(n, 0.02, 0.2);
              })));
}

}  // namespace
}  // namespace af::audit

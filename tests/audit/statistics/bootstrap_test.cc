#include "audit/statistics/bootstrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <numeric>

#include "audit/metrics/count_bootstrap.h"
#include "audit/metrics/score_bootstrap.h"
#include "audit/statistics/binomial.h"
#include "tests/audit/statistics/bootstrap_coverage.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

/// Pearson's chi-square of draws against the distribution, bins of 5 or more expected.
double p_value(std::uint64_t n, double p, std::size_t draws) {
  std::vector<std::uint64_t> seen(n + 1, 0);
  for (std::size_t i = 0; i < draws; ++i) {
    Stream stream(20'260'125 + n, Purpose::kTest, i);
    ++seen.at(binomial(n, p, stream));
  }
  const boost::math::binomial law(static_cast<double>(n), p);
  double chi = 0;
  int bins = 0;
  double expected = 0;
  double found = 0;
  for (std::uint64_t k = 0; k <= n; ++k) {
    expected += boost::math::pdf(law, static_cast<double>(k)) * static_cast<double>(draws);
    found += static_cast<double>(seen[k]);
    const double rest =
        boost::math::cdf(complement(law, static_cast<double>(k))) * static_cast<double>(draws);
    if (k < n && (expected < 5 || rest < 5)) continue;
    chi += (found - expected) * (found - expected) / expected;
    ++bins;
    expected = found = 0;
  }
  return boost::math::cdf(complement(boost::math::chi_squared(bins - 1), chi));
}

TEST(Binomial, HasItsDistribution) {
  const std::vector<std::pair<std::uint64_t, double>> cases{
      {20, 0.3}, {100, 0.02}, {100, 0.5}, {1'000, 0.2}, {1'000, 0.9}, {3'000, 0.004}};
  for (const auto& [n, p] : cases) EXPECT_GT(p_value(n, p, 50'000), 1e-3 / 6) << n << " " << p;
}

TEST(Binomial, KeepsItsEnds) {
  Stream stream(1, Purpose::kTest, 0);
  EXPECT_EQ(binomial(0, 0.5, stream), 0U);
  EXPECT_EQ(binomial(50, 0, stream), 0U);
  EXPECT_EQ(binomial(50, 1, stream), 50U);
}

TEST(ResampledCounts, KeepTheRowsAndTheEmptyCells) {
  const std::vector<std::uint64_t> weights{0, 5, 1'000'000, 0, 300, 1};
  std::vector<std::uint64_t> drawn(weights.size());
  std::vector<double> mean(weights.size(), 0);
  for (std::uint64_t i = 0; i < 4'000; ++i) {
    Stream stream(3, Purpose::kTest, i);
    resample_counts(weights, stream, drawn);
    EXPECT_EQ(std::accumulate(drawn.begin(), drawn.end(), std::uint64_t{0}), 1'000'306U);
    EXPECT_EQ(drawn[0] + drawn[3], 0U);
    for (std::size_t c = 0; c < drawn.size(); ++c) mean[c] += static_cast<double>(drawn[c]) / 4'000;
  }
  EXPECT_NEAR(mean[1], 5, 0.2);
  EXPECT_NEAR(mean[4], 300, 1.5);
  EXPECT_NEAR(mean[5], 1, 0.1);
}

TEST(Bca, IsThePercentileIntervalWithoutBiasAndAcceleration) {
  std::vector<double> sorted(999);
  std::iota(sorted.begin(), sorted.end(), 1.0);
  const Interval interval = bca(500, sorted, 0);
  EXPECT_NEAR(interval.low, 25, 1e-9);
  EXPECT_NEAR(interval.high, 975, 1e-9);
}

TEST(Acceleration, IsASixthOfTheSkewnessOfTheInfluences) {
  // Leaving out x gives the mean of the others; of 0, 0, 3 the d are -1/2, -1/2, 1.
  const std::vector<double> without{1.5, 0};
  const std::vector<double> rows{2, 1};
  EXPECT_NEAR(acceleration(without, rows), 0.75 / (6 * std::pow(1.5, 1.5)), 1e-15);
  EXPECT_EQ(acceleration(std::vector<double>{1, 1}, rows), 0.0);
}

TEST(BcaInterval, IsRefusedWhereReplicatesSayNothing) {
  Estimate same = without_interval(1, "");
  set_bca_interval(same, std::vector<double>(100, 1.0), 0);
  EXPECT_FALSE(same.low);
  EXPECT_THAT(same.interval, HasSubstr("all 100 bootstrap replicates are the same"));
  Estimate holey = without_interval(1, "");
  std::vector<double> replicates(100, 1.0);
  replicates[3] = replicates[4] = std::numeric_limits<double>::quiet_NaN();
  set_bca_interval(holey, replicates, 0);
  EXPECT_FALSE(holey.low);
  EXPECT_THAT(holey.interval, HasSubstr("undefined in 2 of 100"));
}

ContingencyTable small_table() {
  ContingencyTable table({{.name = "g", .values = {"a", "b", "c"}},
                          {.name = "y", .values = {"0", "1"}},
                          {.name = "p", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < table.cells(); ++cell) table.add(cell, 20 + 7 * (cell % 5));
  return table;
}

TEST(CountBootstrap, DoesNotDependOnTheThreads) {
  const auto with = [](int threads) {
    PredictionAudit audit = audit_predictions(small_table(), {});
    add_bootstrap_intervals(audit, small_table(),
                            {.seed = 4, .replicates = 1'000, .threads = threads});
    return std::move(audit.disparities);
  };
  const auto one = with(1);
  const auto four = with(4);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].estimate.low, four[i].estimate.low) << one[i].name;
    EXPECT_EQ(one[i].estimate.high, four[i].estimate.high) << one[i].name;
  }
}

TEST(CountBootstrap, LeavesNoDefinedFigureWithoutAnInterval) {
  PredictionAudit audit = audit_predictions(small_table(), {});
  add_bootstrap_intervals(audit, small_table(), {.seed = 4, .replicates = 500, .threads = 2});
  for (const Disparity& one : audit.disparities) {
    EXPECT_TRUE(one.estimate.low || one.estimate.exact) << one.name << one.estimate.interval;
  }
}

/// The bare numbers of the bootstrap are the same as the estimates: a replicate of the table
/// itself.
TEST(CountBootstrap, EvaluatesWhatTheAuditDoes) {
  for (std::uint64_t index = 0; index < 200; ++index) {
    Stream stream(20'260'126, Purpose::kTest, index);
    ContingencyTable table = small_table();
    for (std::size_t cell = 0; cell < table.cells(); ++cell) {
      table.add(cell, stream.below(3) == 0 ? 0 : stream.below(20));
    }
    const PredictionAudit audit = audit_predictions(table, {});
    std::vector<double> values;
    for (const GroupMetric& metric : audit.frame.metrics) {
      for (const Measure& one : metric.by_group) values.push_back(one.estimate.value.value());
      values.push_back(metric.overall.estimate.value.value());
    }
    for (std::size_t d = 0; d < audit.definitions.size(); ++d) {
      const FixedDisparity fixed(audit.definitions[d], values, 3);
      EXPECT_EQ(fixed.value(values), audit.disparities[d].estimate.value)
          << audit.definitions[d].name;
    }
  }
}

TEST(ScoreBootstrap, DoesNotDependOnTheThreadsAndCoversTheValue) {
  std::vector<ScoredRow> rows;
  ContingencyTable groups({{.name = "g", .values = {"a", "b"}}});
  Stream stream(9, Purpose::kTest, 0);
  for (std::uint32_t i = 0; i < 9'000; ++i) {
    const bool positive = stream.below(2) == 1;
    const double score = 0.05 + 0.6 * stream.uniform() + (positive ? 0.3 : 0.0);
    rows.push_back({.score = score, .group = i % 2, .positive = positive});
    groups.add(i % 2);
  }
  const ScoredRows scored(rows, 2);
  const auto with = [&](int threads) {
    ScoreAudit audit = audit_scores(scored, groups);
    add_bootstrap_intervals(audit, scored, {.seed = 4, .replicates = 200, .threads = threads});
    return audit;
  };
  const ScoreAudit one = with(1);
  const ScoreAudit three = with(3);
  for (std::size_t m = 0; m < one.frame.metrics.size(); ++m) {
    const Estimate& a = one.frame.metrics[m].overall.estimate;
    EXPECT_EQ(a.low, three.frame.metrics[m].overall.estimate.low);
    EXPECT_LT(*a.low, *a.value) << one.frame.metrics[m].name;
    EXPECT_GT(*a.high, *a.value) << one.frame.metrics[m].name;
  }
}

/// A short version of the table in docs/audit-intervals.md.
TEST(Coverage, OfBcaIsNearItsNominalValue) {
  for (const test::CoveredFigure figure :
       {test::CoveredFigure::kF1, test::CoveredFigure::kBalancedAccuracy}) {
    const double covered =
        test::coverage(
            {.figure = figure, .rows = 200, .p = 0.5, .experiments = 1'500, .replicates = 1'000})
            .covered;
    EXPECT_GT(covered, 0.93);
    EXPECT_LT(covered, 0.97);
  }
}

}  // namespace
}  // namespace af::audit

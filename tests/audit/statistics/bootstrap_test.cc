#include "audit/statistics/bootstrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <numeric>

#include "audit/metrics/benefit_inequality.h"
#include "audit/metrics/count_bootstrap.h"
#include "audit/metrics/score_bootstrap.h"
#include "audit/statistics/binomial.h"
#include "tests/audit/oracle.h"
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
  std::vector<double> sorted(1'001);
  std::iota(sorted.begin(), sorted.end(), 0.0);
  const Interval interval = bca(500, sorted, 0);
  EXPECT_NEAR(interval.low, 25, 1e-9);
  EXPECT_NEAR(interval.high, 975, 1e-9);
}

/// Values from tests/oracle/bootstrap.py: scipy.stats.bootstrap on the same replicates.
TEST(Bca, AgreesWithScipyOnTheSameReplicates) {
  const nlohmann::json cases = test::oracle("bootstrap.json").at("bca");
  ASSERT_GE(cases.size(), 12U);
  for (const auto& one : cases) {
    auto sorted = one.at("replicates").get<std::vector<double>>();
    std::ranges::sort(sorted);
    const double a = acceleration(one.at("without").get<std::vector<double>>(),
                                  one.at("rows").get<std::vector<double>>());
    const Interval interval = bca(one.at("value"), sorted, a, one.at("confidence"));
    const auto expect_close = [&](double ours, double theirs) {
      EXPECT_NEAR(ours, theirs, 1e-9 * std::abs(theirs)) << one.at("statistic");
    };
    expect_close(interval.low, one.at("low"));
    expect_close(interval.high, one.at("high"));
  }
}

TEST(Acceleration, IsASixthOfTheSkewnessOfTheInfluences) {
  // Leaving out x gives the mean of the others; of 0, 0, 3 the d are -1/2, -1/2, 1.
  const std::vector<double> without{1.5, 0};
  const std::vector<double> rows{2, 1};
  EXPECT_NEAR(acceleration(without, rows), 0.75 / (6 * std::pow(1.5, 1.5)), 1e-15);
  EXPECT_EQ(acceleration(std::vector<double>{1, 1}, rows), 0.0);
}

using Rows = std::vector<WeightPowers>;

TEST(EffectiveRows, OfAShareAreTheFewerOfItsRowsAndOneMore) {
  EXPECT_DOUBLE_EQ(effective_rows(std::vector<double>{0.9, -0.1}, Rows{3, 27}), 4);
  EXPECT_DOUBLE_EQ(effective_rows(std::vector<double>{0.1, -0.9}, Rows{27, 3}), 4);
  EXPECT_EQ(effective_rows(std::vector<double>{0.1, 0.2}, Rows{27, 3}), 0);
  EXPECT_EQ(effective_rows(std::vector<double>{0, 0}, Rows{27, 3}), 0);
}

TEST(EffectiveRows, AreThoseThatPullMost) {
  // One row, and one more, of ten times the influence of the 49 beside them.
  EXPECT_DOUBLE_EQ(effective_rows(std::vector<double>{1, 10, -1}, Rows{49, 1, 60}),
                   250.0 * 250 / 20'050);
}

TEST(EffectiveRows, CountAKindThatWasNotSeenAndTakeEqualOnesTogether) {
  EXPECT_DOUBLE_EQ(effective_rows(std::vector<double>{10, 1, -1, 1}, Rows{0, 40, 70, 9}),
                   150.0 * 150 / 10'050);
  const double same = 0.1 + 0.2 - 0.3;  // Rounding alone.
  EXPECT_DOUBLE_EQ(effective_rows(std::vector<double>{1, same, -1}, Rows{7, 1, 90}), 8);
}

TEST(EffectiveRows, LeaveOutWhatIsUndefined) {
  // More than a sort does by insertion, which alone would put up with them.
  std::vector<double> influence(64, std::numeric_limits<double>::quiet_NaN());
  influence.insert(influence.end(), {0.9, -0.1});
  Rows rows(64, 5);
  rows.insert(rows.end(), {3, 27});
  EXPECT_DOUBLE_EQ(effective_rows(influence, rows), 4);
}

TEST(EffectiveRows, AreFewWhereOneWeighsMuch) {
  // Of weights 1 and 3, and one more of 1.
  const Rows rows{{1.0 + 9, 1.0 + 81}, 100};
  EXPECT_DOUBLE_EQ(effective_rows(std::vector<double>{0.9, -0.1}, rows), 11.0 * 11 / 83);
}

constexpr Jackknife kEnough{.acceleration = 0, .effective_rows = 50};

TEST(BcaInterval, IsRefusedWhereReplicatesSayNothing) {
  Estimate same = without_interval(1, "");
  set_bca_interval(same, std::vector<double>(100, 1.0), kEnough);
  EXPECT_FALSE(same.low);
  EXPECT_THAT(same.interval, HasSubstr("all 100 bootstrap replicates are the same"));
  Estimate holey = without_interval(1, "");
  std::vector<double> replicates(100, 1.0);
  replicates[3] = replicates[4] = std::numeric_limits<double>::quiet_NaN();
  set_bca_interval(holey, replicates, kEnough);
  EXPECT_FALSE(holey.low);
  EXPECT_THAT(holey.interval, HasSubstr("undefined in 2 of 100"));
  Estimate few = without_interval(1, "");
  std::iota(replicates.begin(), replicates.end(), 0.0);
  set_bca_interval(few, replicates, {.acceleration = 0, .effective_rows = 4.96});
  EXPECT_FALSE(few.low);
  EXPECT_EQ(few.interval,
            "none: 4.9 rows in effect pull it up or down, and a bootstrap interval needs 5");
  set_bca_interval(few, replicates, kEnough);
  EXPECT_TRUE(few.low);
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

/// The whole way by hand: the replicates' streams, the rows left out, and the interval of them.
TEST(CountBootstrap, IsBcaOfMultinomialReplicatesAndTheJackknife) {
  const std::vector<std::uint64_t> counts{31, 12, 9, 27};
  const auto theil = [](const std::vector<std::uint64_t>& c) {
    return theil_index({.true_positives = c[3],
                        .false_positives = c[1],
                        .true_negatives = c[0],
                        .false_negatives = c[2]});
  };
  std::vector<double> replicates(400);
  for (std::uint64_t r = 0; r < replicates.size(); ++r) {
    Stream stream(9, Purpose::kBootstrap, r);
    std::vector<std::uint64_t> drawn(4);
    resample_counts(counts, stream, drawn);
    replicates[r] = theil(drawn);
  }
  std::ranges::sort(replicates);
  std::vector<double> without;
  for (std::size_t cell = 0; cell < 4; ++cell) {
    std::vector<std::uint64_t> left = counts;
    --left[cell];
    without.push_back(theil(left));
  }
  const double a = acceleration(without, std::vector<double>(counts.begin(), counts.end()));
  const Interval expected = bca(theil(counts), replicates, a);

  ContingencyTable table({{.name = "g", .values = {"a"}},
                          {.name = "y", .values = {"0", "1"}},
                          {.name = "p", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < 4; ++cell) table.add(cell, counts[cell]);
  PredictionAudit audit = audit_predictions(table, {});
  add_bootstrap_intervals(audit, table, {.seed = 9, .replicates = 400, .threads = 2});
  const Estimate& found = audit.frame.find("theil_index")->overall.estimate;
  EXPECT_NEAR(found.low.value(), expected.low, 1e-12);
  EXPECT_NEAR(found.high.value(), expected.high, 1e-12);
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
    if (m == kCalibrationError) {
      EXPECT_FALSE(a.low);
      EXPECT_EQ(a.interval, "none: replicates of absolute gaps lie above them");
      continue;
    }
    EXPECT_EQ(a.low, three.frame.metrics[m].overall.estimate.low);
    EXPECT_LT(*a.low, *a.value) << one.frame.metrics[m].name;
    EXPECT_GT(*a.high, *a.value) << one.frame.metrics[m].name;
  }
}

/// A short version of the table in docs/audit-intervals.md.
TEST(Coverage, OfPredictionFiguresIsNearItsNominalValue) {
  for (const test::Coverage& figure :
       test::prediction_coverage({.rows = 200, .p = 0.5, .experiments = 1'500, .replicates = 500},
                                 {"f1", "f1_difference", "balanced_accuracy", "theil_index"})) {
    EXPECT_GT(figure.has_interval(), 0.99) << figure.figure;
    EXPECT_GT(figure.covered(), 0.93) << figure.figure;
    EXPECT_LT(figure.covered(), 0.97) << figure.figure;
  }
}

/// Where nearly all rows of a kind are missing a bootstrap knows nothing of them: of these samples
/// 79 % of the intervals covered before the least number of effective rows was asked for.
TEST(Coverage, OfFewRowsIsNotClaimed) {
  for (const test::Coverage& figure : test::prediction_coverage(
           {.classes = 3, .rows = 100, .p = 0.02, .experiments = 1'000, .replicates = 300},
           {"macro_f1", "macro_f1_difference"})) {
    EXPECT_LT(figure.misses(), 0.06) << figure.figure;
  }
}

}  // namespace
}  // namespace af::audit

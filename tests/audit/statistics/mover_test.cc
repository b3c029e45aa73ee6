#include "audit/statistics/mover.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "audit/metrics/confusion.h"
#include "audit/metrics/predictions.h"
#include "audit/statistics/ratio_interval.h"
#include "tests/audit/metrics/expected.h"

namespace af::audit {
namespace {

Bounded share(double successes, double trials) {
  const Proportion p{.successes = successes, .trials = trials};
  return {.value = successes / trials, .interval = wilson(p)};
}

Bounded scaled(double factor, const Bounded& of) {
  return {.value = factor * of.value,
          .interval = {.low = factor * of.interval.low, .high = factor * of.interval.high}};
}

const std::vector<std::pair<Bounded, Bounded>> kPairs{{share(3, 20), share(11, 30)},
                                                      {share(0, 20), share(11, 30)},
                                                      {share(20, 20), share(1, 900)},
                                                      {share(55, 60), share(60, 60)},
                                                      {share(2, 2), share(1, 2)}};

/// Values from statsmodels are compared in interval_test.cc; this is the fourth example of Newcombe
/// 1998, 5/56 - 0/29, in his digits.
TEST(MoverDifference, OfWilsonIntervalsIsNewcombes) {
  const Interval interval = mover_difference(share(5, 56), share(0, 29));
  EXPECT_NEAR(interval.low, -0.0381, 5e-5);
  EXPECT_NEAR(interval.high, 0.1926, 5e-5);
}

TEST(MoverMean, IsHalfTheDifferenceToTheNegative) {
  for (const auto& [v, w] : kPairs) {
    const Bounded negative{.value = -w.value,
                           .interval = {.low = -w.interval.high, .high = -w.interval.low}};
    const Interval mean = mover_mean(std::vector{v, negative});
    const Interval difference = mover_difference(v, w);
    EXPECT_NEAR(mean.low, difference.low / 2, 1e-15);
    EXPECT_NEAR(mean.high, difference.high / 2, 1e-15);
  }
}

TEST(MoverMean, OfEqualSymmetricIntervalsNarrowsWithTheRoot) {
  const std::vector<Bounded> nine(9, {.value = 2, .interval = {.low = 1.4, .high = 2.6}});
  EXPECT_NEAR(mover_mean(nine).low, 2 - 0.6 / 3, 1e-15);
  EXPECT_NEAR(mover_mean(nine).high, 2 + 0.6 / 3, 1e-15);
}

/// The definition: v - r w has 0 at an end of its interval.
TEST(MoverRatio, EndsWhereTheDifferenceDoes) {
  for (const auto& [v, w] : kPairs) {
    const Interval ratio = mover_ratio(v, w);
    EXPECT_NEAR(mover_difference(v, scaled(ratio.low, w)).low, 0, 1e-12 * ratio.high);
    EXPECT_NEAR(mover_difference(v, scaled(ratio.high, w)).high, 0, 1e-12 * ratio.high);
    EXPECT_LE(ratio.low, v.value / w.value);
    EXPECT_GE(ratio.high, v.value / w.value);
    EXPECT_GE(ratio.low, 0);
  }
}

/// Two groups, F1 12/17 and 2/5, recalls 1/2 and 3/4 in either.
ContingencyTable table() {
  ContingencyTable made({{.name = "g", .values = {"a", "b"}},
                         {.name = "y", .values = {"0", "1"}},
                         {.name = "p", .values = {"0", "1"}}});
  const std::vector<std::uint64_t> counts{3, 3, 2, 6, 15, 5, 1, 1};
  for (std::size_t cell = 0; cell < counts.size(); ++cell) made.add(cell, counts[cell]);
  return made;
}

double as_f1(double s) { return 2 * s / (1 + s); }

TEST(F1, HasTheWilsonIntervalOfItsShareOfRows) {
  const PredictionAudit audit = audit_predictions(table(), {});
  const Estimate& f1 = audit.frame.find("f1")->by_group[0].estimate;
  EXPECT_DOUBLE_EQ(*f1.value, 12.0 / 17);
  EXPECT_DOUBLE_EQ(*f1.low, as_f1(wilson({6, 11}).low));
  EXPECT_DOUBLE_EQ(*f1.high, as_f1(wilson({6, 11}).high));
}

TEST(F1, IsComparedBetweenGroupsWithoutABootstrap) {
  const PredictionAudit audit = audit_predictions(table(), {});
  const auto bounded = [&](std::size_t group) -> Bounded {
    const Estimate& f1 = audit.frame.find("f1")->by_group[group].estimate;
    return {.value = *f1.value, .interval = {.low = *f1.low, .high = *f1.high}};
  };
  for (const Disparity& one : audit.disparities) {
    const bool difference = one.name == "f1_difference";
    if (!difference && one.name != "f1_ratio") continue;
    const Interval expected =
        difference ? mover_difference(bounded(0), bounded(1)) : mover_ratio(bounded(1), bounded(0));
    EXPECT_DOUBLE_EQ(one.estimate.low.value(), expected.low) << one.name;
    EXPECT_DOUBLE_EQ(one.estimate.high.value(), expected.high) << one.name;
    EXPECT_EQ(one.estimate.interval, difference ? "95 % MOVER interval of g=a minus g=b"
                                                : "95 % MOVER interval of g=b over g=a");
  }
}

TEST(BalancedAccuracy, HasTheIntervalOfTheMeanOfTheRecalls) {
  const PredictionAudit audit = audit_predictions(table(), {});
  const Estimate& found = audit.frame.find("balanced_accuracy")->by_group[0].estimate;
  const Interval expected = mover_mean(std::vector{share(3, 6), share(6, 8)});
  EXPECT_DOUBLE_EQ(*found.value, (0.5 + 0.75) / 2);
  EXPECT_DOUBLE_EQ(*found.low, expected.low);
  EXPECT_DOUBLE_EQ(*found.high, expected.high);
}

/// The end towards equality has half of the chance to err, for either order of the second contrast.
TEST(EqualizedOddsMean, HasTheIntervalOfTheMeanWiderTowardsEquality) {
  const PredictionAudit audit = audit_predictions(table(), {});
  const auto mean = [](const Bounded& a, const Bounded& b) {
    return mover_mean(std::vector<Bounded>{a, b});
  };
  const Estimate& difference = test::disparity(audit.disparities, "equalized_odds_mean_difference");
  const auto newcombes = [&](double confidence) {
    return mean({0.25, newcombe({6, 8}, {1, 2}, confidence)},
                {0.25, newcombe({3, 6}, {5, 20}, confidence)});
  };
  EXPECT_DOUBLE_EQ(difference.low.value(), newcombes(0.975).low);
  EXPECT_DOUBLE_EQ(difference.high.value(), newcombes(0.95).high);
  const Estimate& ratio = test::disparity(audit.disparities, "equalized_odds_mean_ratio");
  const auto koopmans = [&](double confidence) {
    return mean({2.0 / 3, koopman({1, 2}, {6, 8}, confidence)},
                {0.5, koopman({5, 20}, {3, 6}, confidence)});
  };
  EXPECT_DOUBLE_EQ(ratio.low.value(), koopmans(0.95).low);
  EXPECT_DOUBLE_EQ(ratio.high.value(), koopmans(0.975).high);
}

TEST(EqualizedOdds, HaveTheIntervalOfTheWorseRateWiderTowardsEquality) {
  const std::vector<std::uint64_t> counts{3, 3, 2, 6, 15, 5, 2, 2};
  ContingencyTable table = test::empty_table({{.name = "group", .values = {"a", "b"}}}, 2);
  for (std::size_t cell = 0; cell < counts.size(); ++cell) table.add(cell, counts[cell]);
  const PredictionAudit audit = audit_predictions(table, {});
  const Estimate& difference = test::disparity(audit.disparities, "equalized_odds_difference");
  EXPECT_DOUBLE_EQ(difference.value.value(), 0.25);
  EXPECT_DOUBLE_EQ(difference.low.value(), newcombe({6, 8}, {2, 4}, 0.975).low);
  EXPECT_DOUBLE_EQ(difference.high.value(), newcombe({6, 8}, {2, 4}).high);
  const Estimate& ratio = test::disparity(audit.disparities, "equalized_odds_ratio");
  EXPECT_DOUBLE_EQ(ratio.value.value(), 0.5);
  EXPECT_DOUBLE_EQ(ratio.low.value(), koopman({5, 20}, {3, 6}).low);
  EXPECT_DOUBLE_EQ(ratio.high.value(), koopman({5, 20}, {3, 6}, 0.975).high);
}

}  // namespace
}  // namespace af::audit

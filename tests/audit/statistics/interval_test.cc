#include "audit/statistics/interval.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/statistics/ratio_interval.h"
#include "tests/audit/oracle.h"

namespace af::audit {
namespace {

TEST(Wilson, AgreesWithScipy) {
  const nlohmann::json values = test::oracle("intervals.json").at("wilson");
  for (const auto& one : values) {
    const Proportion p{.successes = one[0], .trials = one[1]};
    const Interval interval = wilson(p, one[2]);
    EXPECT_NEAR(interval.low, one[3].get<double>(), 1e-12 * std::max(1e-9, one[4].get<double>()))
        << one;
    EXPECT_NEAR(interval.high, one[4].get<double>(), 1e-12 * std::max(1e-9, one[4].get<double>()))
        << one;
  }
}

TEST(Wilson, EndsExactlyAtZeroAndOne) {
  for (const double trials : {1.0, 3.0, 49.0, 1000.0}) {
    EXPECT_EQ(wilson({.successes = 0, .trials = trials}).low, 0.0);
    EXPECT_EQ(wilson({.successes = trials, .trials = trials}).high, 1.0);
  }
}

TEST(ClopperPearson, AgreesWithScipy) {
  const nlohmann::json values = test::oracle("intervals.json").at("clopper_pearson");
  for (const auto& one : values) {
    const Interval interval = clopper_pearson({.successes = one[0], .trials = one[1]});
    EXPECT_NEAR(interval.low, one[2].get<double>(), 1e-9 * one[2].get<double>()) << one;
    EXPECT_NEAR(interval.high, one[3].get<double>(), 1e-9 * one[3].get<double>()) << one;
  }
}

TEST(Newcombe, AgreesWithStatsmodels) {
  const nlohmann::json values = test::oracle("intervals.json").at("newcombe");
  for (const auto& one : values) {
    const Interval interval =
        newcombe({.successes = one[0], .trials = one[1]}, {.successes = one[2], .trials = one[3]});
    EXPECT_NEAR(interval.low, one[4].get<double>(), 1e-12) << one;
    EXPECT_NEAR(interval.high, one[5].get<double>(), 1e-12) << one;
  }
}

TEST(Koopman, AgreesWithTheRootsOfStatsmodelsScore) {
  const nlohmann::json values = test::oracle("intervals.json").at("koopman");
  for (const auto& one : values) {
    const Interval interval =
        koopman({.successes = one[0], .trials = one[1]}, {.successes = one[2], .trials = one[3]});
    EXPECT_NEAR(interval.low, one[4].get<double>(), 1e-9 * one[4].get<double>()) << one;
    EXPECT_NEAR(interval.high, one[5].get<double>(), 1e-9 * one[5].get<double>()) << one;
  }
}

TEST(Newcombe, ChangesSignWhenTheGroupsAreExchanged) {
  const Proportion a{.successes = 17, .trials = 40};
  const Proportion b{.successes = 5, .trials = 23};
  EXPECT_DOUBLE_EQ(newcombe(a, b).low, -newcombe(b, a).high);
  EXPECT_DOUBLE_EQ(newcombe(a, b).high, -newcombe(b, a).low);
}

TEST(Estimate, IsUndefinedWithoutTrialsAndSaysWhy) {
  const Estimate none = estimate({.successes = 0, .trials = 0}, "positive labels");
  EXPECT_FALSE(none.value);
  EXPECT_FALSE(none.low);
  EXPECT_EQ(none.reason, "There are no positive labels.");
}

TEST(Estimate, HasTheIntervalThatIsAskedFor) {
  const Proportion p{.successes = 3, .trials = 20};
  const Estimate exact = estimate(p, "rows", IntervalMethod::kClopperPearson);
  EXPECT_EQ(exact.low, clopper_pearson(p).low);
  EXPECT_EQ(exact.interval, "95 % Clopper-Pearson interval");
  EXPECT_EQ(estimate(p, "rows").low, wilson(p).low);
}

TEST(Summarise, AgreesWithScipysStudentInterval) {
  const nlohmann::json means = test::oracle("intervals.json").at("means");
  for (const auto& one : means) {
    const auto numbers = one.at("values").get<std::vector<double>>();
    const std::vector<std::optional<double>> values(numbers.begin(), numbers.end());
    const Summary summary = summarise(values);
    EXPECT_EQ(summary.n, numbers.size());
    EXPECT_NEAR(summary.mean, one.at("mean").get<double>(), 1e-12);
    EXPECT_NEAR(summary.sd, one.at("sd").get<double>(), 1e-12);
    EXPECT_NEAR(*summary.estimate.low, one.at("low").get<double>(), 1e-10);
    EXPECT_NEAR(*summary.estimate.high, one.at("high").get<double>(), 1e-10);
  }
}

TEST(Summarise, OfOneRepetitionHasNoInterval) {
  const Summary summary = summarise(std::vector<std::optional<double>>{0.7});
  EXPECT_EQ(summary.estimate.value, 0.7);
  EXPECT_FALSE(summary.estimate.low);
  EXPECT_THAT(summary.estimate.interval, testing::HasSubstr("single repetition"));
}

TEST(Summarise, IsUndefinedIfAnyRepetitionIs) {
  const Summary summary = summarise(std::vector<std::optional<double>>{0.7, std::nullopt, 0.9});
  EXPECT_EQ(summary.n, 0U);
  EXPECT_EQ(summary.estimate.reason, "It is undefined in 1 of 3 seeds.");
}

}  // namespace
}  // namespace af::audit

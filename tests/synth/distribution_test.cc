#include "synth/distribution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "core/errors.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t kDraws = 20000;

std::vector<double> draws(const std::string& text) {
  const Distribution distribution = Distribution::parse(text);
  std::vector<double> values;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream(5, Purpose::kTest, i);
    values.push_back(distribution(stream));
  }
  std::ranges::sort(values);
  return values;
}

/// Kolmogorov and Smirnov's distance from a distribution function, times sqrt(n): above 2.4 with a
/// probability of 2e-5.
template <class Cdf>
double distance(const std::vector<double>& sorted, Cdf cdf) {
  double worst = 0.0;
  const double n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double at = cdf(sorted[i]);
    worst = std::max({worst, at - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - at});
  }
  return worst * std::sqrt(n);
}
constexpr double kBound = 2.4;

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

TEST(Distribution, DrawsWhatItSays) {
  EXPECT_LT(distance(draws("uniform(-2, 3)"), [](double x) { return (x + 2.0) / 5.0; }), kBound);
  EXPECT_LT(distance(draws("normal(1, 0.3)"), [](double x) { return normal_cdf((x - 1.0) / 0.3); }),
            kBound);
  EXPECT_LT(distance(draws("lognormal(0.6, 0.2)"),
                     [](double x) { return normal_cdf(std::log(x / 0.6) / 0.2); }),
            kBound);
  EXPECT_EQ(draws("0.25"), std::vector<double>(kDraws, 0.25));
}

/// Counts of values within four and a half standard deviations of their binomial mean.
void expect_shares(const std::string& text, const std::map<double, double>& shares) {
  std::map<double, double> counts;
  for (const double value : draws(text)) counts[value] += 1.0;
  ASSERT_EQ(counts.size(), shares.size()) << text;
  for (const auto& [value, share] : shares) {
    EXPECT_NEAR(counts[value], kDraws * share, 4.5 * std::sqrt(kDraws * share * (1.0 - share)))
        << text << ", " << value;
  }
}

TEST(Distribution, WeighsItsValues) {
  expect_shares("integers(3, 6)", {{3, 0.25}, {4, 0.25}, {5, 0.25}, {6, 0.25}});
  expect_shares("categorical(0: 9, 0.3: 1)", {{0, 0.9}, {0.3, 0.1}});
  expect_shares("categorical(1, 2: 0, -3: 2)", {{1, 1.0 / 3}, {-3, 2.0 / 3}});
}

TEST(Distribution, ComesBackFromItsText) {
  for (const std::string text :
       {"0.5", "-3", "uniform(-0.9, 0.9)", "integers(3, 9)", "normal(0, 0.3)",
        "lognormal(0.6, 0.2)", "categorical(0: 9, 0.3)", "1e-07"}) {
    EXPECT_EQ(Distribution::parse(text).text(), text);
    EXPECT_EQ(Distribution::parse(Distribution::parse(text).text()), Distribution::parse(text));
  }
  EXPECT_EQ(Distribution::parse("  normal( 0 ,.3 ) ").text(), "normal(0, 0.3)");
}

template <class T>
std::string refusal(const std::string& text) {
  return test::refusal<ConfigError>([&] { return T::parse(text); });
}

TEST(Distribution, RefusesWhatNoDistributionIs) {
  const auto refused = refusal<Distribution>;
  EXPECT_THAT(refused("normal(0, -1)"), HasSubstr("'normal(0, -1)' is no distribution; expected a "
                                                  "deviation of 0 or more"));
  EXPECT_THAT(refused("uniform(2, 1)"), HasSubstr("the lower end first"));
  EXPECT_THAT(refused("lognormal(0, 1)"), HasSubstr("a median above 0"));
  EXPECT_THAT(refused("lognormal(1, -1)"), HasSubstr("a sigma from 0"));
  EXPECT_THAT(refused("integers(1.5, 3)"), HasSubstr("whole numbers"));
  EXPECT_THAT(refused("categorical(1: -1)"), HasSubstr("a weight of 0 or more behind '1:'"));
  EXPECT_THAT(refused("categorical(1: 0, 2: 0)"), HasSubstr("a weight above 0"));
  EXPECT_THAT(refused("categorical(1, 1)"), HasSubstr("'1' once"));
  EXPECT_THAT(refused("categorical(a)"), HasSubstr("a number for 'a'"));
  for (const std::string text : {"", "gauss(0, 1)", "normal(0)", "normal(0, 1", "nan", "inf",
                                 "normal(0, nan)", "uniform()", "normal(0, 1, 2)", "0.5x"}) {
    EXPECT_THAT(refused(text), HasSubstr("is no distribution; expected")) << text;
  }
}

TEST(Choice, WeighsItsLevelsAndComesBackFromItsText) {
  for (const std::string text :
       {"linear", "categorical(linear, radial)", "categorical(a: 3, b, ■: 0.5)", "true"}) {
    EXPECT_EQ(Choice::parse(text).text(), text);
  }
  const Choice choice = Choice::parse("categorical(a: 3, b: 1)");
  int first = 0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    Stream stream(6, Purpose::kTest, i);
    first += choice(stream) == 0 ? 1 : 0;
  }
  EXPECT_NEAR(first, 0.75 * kDraws, 4.5 * std::sqrt(kDraws * 0.75 * 0.25));
  EXPECT_TRUE(choice.allows("b"));
  EXPECT_FALSE(Choice::parse("categorical(a, b: 0)").allows("b"));
}

TEST(Choice, RefusesWhatNoDistributionIs) {
  EXPECT_THAT(refusal<Choice>("categorical(a: -1)"), HasSubstr("a weight of 0 or more"));
  EXPECT_THAT(refusal<Choice>("categorical()"), HasSubstr("values, each with a weight"));
  EXPECT_THAT(refusal<Choice>("uniform(a, b)"), HasSubstr("a name or categorical"));
  EXPECT_THAT(refusal<Choice>(""), HasSubstr("a name or categorical"));
}

}  // namespace
}  // namespace af::synth

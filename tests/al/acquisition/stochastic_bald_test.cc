#include "al/acquisition/stochastic_bald.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "al/acquisition/bald.h"
#include "al/acquisition/gumbel_noise.h"
#include "tests/al/acquisition/fake_candidates.h"

namespace af::al::acquisition {
namespace {

using test::FakeCandidates;

constexpr double kColdness = 2;
constexpr std::int64_t kSteps = 6000;
/// Chi-square with 11 degrees of freedom at 1e-3, Sidak over the four such tests here.
constexpr double kCritical = 34.98;

/// Four rows of two draws with different BALD scores.
at::Tensor four_rows() {
  return at::tensor({.9, .1, .8, .2, .7, .3, .6, .4,  //
                     .1, .9, .3, .7, .4, .6, .4, .6},
                    at::kDouble)
      .view({2, 4, 2})
      .log();
}

/// Over many steps, how often each ordered pair of rows is chosen is compared with the chance of
/// drawing them without replacement by these weights.
void expect_drawn_by(const Heuristic& heuristic, const std::vector<double>& weights) {
  FakeCandidates candidates(four_rows());
  std::vector<double> counts(16);
  for (candidates.step_number = 0; candidates.step_number < kSteps; ++candidates.step_number) {
    const std::vector<std::int64_t> rows = test::rows_of(heuristic.choose(candidates, 2));
    ++counts[static_cast<std::size_t>(rows[0] * 4 + rows[1])];
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> seen;
  std::vector<double> chances;
  for (std::size_t i = 0; i < 16; ++i) {
    const double first = weights[i / 4];
    if (i / 4 == i % 4) continue;
    seen.push_back(counts[i]);
    chances.push_back(first / sum * weights[i % 4] / (sum - first));
    EXPECT_GE(chances.back() * kSteps, 5);
  }
  EXPECT_LT(test::chi_square(seen, chances), kCritical);
}

TEST(PowerBald, DrawsRowsByPowersOfTheirScores) {
  std::vector<double> weights = bald_scores(four_rows());
  // The least score squared is too small a chance to be counted: coldness 1/2 here.
  for (double& weight : weights) weight = std::pow(weight, .5);
  expect_drawn_by(PowerBald({.coldness = .5}), weights);
}

TEST(SoftmaxBald, DrawsRowsByExponentialsOfTheirScores) {
  std::vector<double> weights = bald_scores(four_rows());
  for (double& weight : weights) weight = std::exp(kColdness * weight);
  expect_drawn_by(SoftmaxBald({.coldness = kColdness}), weights);
}

TEST(SoftRankBald, DrawsRowsByPowersOfTheirRanks) {
  // The scores fall from row 0 to row 3.
  expect_drawn_by(SoftRankBald({.coldness = kColdness}), {1., 1. / 4, 1. / 9, 1. / 16});
}

TEST(PowerBald, WithAColdnessWithoutBoundIsBald) {
  FakeCandidates candidates(four_rows());
  EXPECT_EQ(test::rows_of(PowerBald({.coldness = 1e12}).choose(candidates, 4)),
            test::rows_of(Bald().choose(candidates, 4)));
}

TEST(PowerBald, LeavesRowsWithoutAScoreToTheEndInARandomOrder) {
  const std::vector<double> weights = power_log_weights(std::vector<double>{1e-9, -1e-8, 0});
  EXPECT_EQ(weights[1], weights[2]);
  EXPECT_GT(weights[0] - weights[1], 600);
}

TEST(SoftRankBald, RanksEqualScoresByIndex) {
  const std::vector<double> weights = soft_rank_log_weights(std::vector<double>{.1, .3, .3, .2});
  const std::vector<double> expected{-std::log(4.), 0, -std::log(2.), -std::log(3.)};
  EXPECT_EQ(weights, expected);
}

TEST(GumbelNoise, OfARowDoesNotDependOnTheOthers) {
  const std::vector<std::int64_t> all{0, 1, 2, 3, 4};
  const std::vector<std::int64_t> some{1, 4};
  const std::vector<double> noise = gumbel_noise(5, 3, all);
  EXPECT_EQ(gumbel_noise(5, 3, some), (std::vector<double>{noise[1], noise[4]}));
  EXPECT_NE(gumbel_noise(5, 4, some)[0], noise[1]);
}

TEST(GumbelNoise, HasTheQuantilesOfItsDistribution) {
  std::vector<std::int64_t> rows(12'000);
  std::iota(rows.begin(), rows.end(), 0);
  std::vector<double> counts(12);
  for (const double value : gumbel_noise(1, 0, rows)) {
    ++counts[std::min<std::size_t>(11, static_cast<std::size_t>(12 * std::exp(-std::exp(-value))))];
  }
  EXPECT_LT(test::chi_square(counts, std::vector<double>(12, 1. / 12)), kCritical);
}

}  // namespace
}  // namespace af::al::acquisition

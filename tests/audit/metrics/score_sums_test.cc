#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "audit/metrics/score_metrics.h"
#include "core/random.h"

namespace af::audit {
namespace {

struct Weighted {
  ScoredRow row;
  double weight = 0;
};

/// 0 to 3.
std::uint16_t weight_of(double score) {
  return static_cast<std::uint16_t>(static_cast<std::uint32_t>(score * 1e6) % 7 % 4);
}

/// Of the rows of a group, or of all, by comparing every pair.
double area_by_pairs(const std::vector<Weighted>& rows, std::size_t group, bool all) {
  double won = 0;
  double pairs = 0;
  for (const Weighted& a : rows) {
    if (!a.row.positive || (!all && a.row.group != group)) continue;
    for (const Weighted& b : rows) {
      if (b.row.positive || (!all && b.row.group != group)) continue;
      const double weight = a.weight * b.weight;
      pairs += weight;
      if (a.row.score >= b.row.score) won += a.row.score > b.row.score ? weight : weight / 2;
    }
  }
  return won / pairs;
}

double loss_by_rows(const std::vector<Weighted>& rows, std::size_t group, bool all) {
  double sum = 0;
  double weight = 0;
  for (const auto& [row, w] : rows) {
    if (!all && row.group != group) continue;
    sum -= w * std::log(row.positive ? row.score : 1 - row.score);
    weight += w;
  }
  return sum / weight;
}

/// Rows of several blocks, with many ties or with few, each with the weight that its score gives.
std::vector<Weighted> random_rows(std::uint32_t distinct, std::size_t groups) {
  std::vector<Weighted> rows(5'000);
  Stream stream(12, Purpose::kTest, distinct);
  for (auto& [row, weight] : rows) {
    row.score = (1 + stream.below(distinct)) / (distinct + 1.0);
    row.group = stream.below(static_cast<std::uint32_t>(groups));
    row.positive = stream.uniform() < row.score;
    weight = weight_of(row.score);
  }
  return rows;
}

TEST(ScoreSums, AgreeWithEveryPairComparedAcrossBlocksAndTies) {
  constexpr std::size_t kGroups = 3;
  for (const std::uint32_t distinct : {7U, 300U, 1'000'000'000U}) {
    const std::vector<Weighted> rows = random_rows(distinct, kGroups);
    std::vector<ScoredRow> bare;
    for (const Weighted& one : rows) bare.push_back(one.row);
    const ScoredRows scored(bare, kGroups);
    ASSERT_EQ(scored.blocks(), 2U);
    ScoreSums<std::uint16_t> sums(kGroups);
    for (std::size_t b = 0; b < scored.blocks(); ++b) {
      const ScoredRows::Block block = scored.block(b);
      std::vector<std::uint16_t> weights(block.scores.size());
      std::ranges::transform(block.scores, weights.begin(), weight_of);
      sums.add(block, std::span<const std::uint16_t>(weights));
    }
    std::vector<double> values(kScoreMetrics.size() * (kGroups + 1));
    sums.values(values);
    for (std::size_t g = 0; g <= kGroups; ++g) {
      const bool all = g == kGroups;
      EXPECT_NEAR(values[g], loss_by_rows(rows, g, all), 1e-12) << distinct << " " << g;
      EXPECT_NEAR(values[kGroups + 1 + g], area_by_pairs(rows, g, all), 1e-14) << distinct;
    }
  }
}

TEST(ScoredRows, TellTheGroupWhoseLabelWasGivenProbabilityZero) {
  const ScoredRows rows({{.score = 0, .group = 0, .positive = true},
                         {.score = 0, .group = 1, .positive = false},
                         {.score = 1, .group = 1, .positive = true}},
                        2);
  EXPECT_TRUE(rows.infinite_loss()[0]);
  EXPECT_FALSE(rows.infinite_loss()[1]);
}

TEST(AuditScores, HaveNoLogLossWhereALabelWasGivenProbabilityZero) {
  const ScoredRows rows({{.score = 0, .group = 0, .positive = true},
                         {.score = 0.5, .group = 0, .positive = false},
                         {.score = 0.5, .group = 1, .positive = true}},
                        2);
  ContingencyTable groups({{.name = "group", .values = {"a", "b"}}});
  groups.add(0, 2);
  groups.add(1);
  const GroupMetric loss = audit_scores(rows, groups).frame.metrics.at(0);
  ASSERT_EQ(loss.name, "log_loss");
  EXPECT_FALSE(loss.overall.estimate.value);
  EXPECT_FALSE(loss.by_group.at(0).estimate.value);
  EXPECT_NE(loss.by_group.at(0).estimate.reason, "");
  ASSERT_TRUE(loss.by_group.at(1).estimate.value);
  EXPECT_NEAR(*loss.by_group.at(1).estimate.value, std::log(2.0), 1e-15);
}

}  // namespace
}  // namespace af::audit

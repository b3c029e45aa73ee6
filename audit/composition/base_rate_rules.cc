#include "audit/composition/base_rate_rules.h"

#include <algorithm>
#include <cmath>

#include "audit/statistics/ratio_interval.h"

namespace af::audit {
namespace {

constexpr double kFourFifths = 0.8;

RuleVerdict verdict_of(const Estimate& ratio) {
  if (!ratio.low) return RuleVerdict::kUndetermined;
  if (*ratio.low >= kFourFifths) return RuleVerdict::kHolds;
  return *ratio.high < kFourFifths ? RuleVerdict::kFails : RuleVerdict::kUndetermined;
}

/// @param groups  Rows by group: the column sums.
FourFifths rule_of(const TwoWayTable& table, std::size_t row,
                   const std::vector<std::uint64_t>& groups) {
  FourFifths rule;
  if (std::ranges::count_if(groups, [](std::uint64_t rows) { return rows > 0; }) < 2) {
    rule.ratio = undefined("Fewer than two groups have rows.");
    return rule;
  }
  if (std::ranges::find(groups, std::uint64_t{0}) != groups.end()) {
    rule.ratio = undefined("A group has no rows.");
    return rule;
  }
  const auto rate = [&](std::size_t g) {
    return static_cast<double>(table.at(row, g)) / static_cast<double>(groups[g]);
  };
  for (std::size_t g = 1; g < groups.size(); ++g) {
    if (rate(g) < rate(rule.lowest)) rule.lowest = g;
    if (rate(g) > rate(rule.highest)) rule.highest = g;
  }
  const Proportion low{.successes = table.at(row, rule.lowest), .trials = groups[rule.lowest]};
  const Proportion high{.successes = table.at(row, rule.highest), .trials = groups[rule.highest]};
  if (high.successes == 0) {
    rule.ratio = undefined("The class has no rows.");
    return rule;
  }
  const Interval ends = koopman(low, high);
  rule.ratio = {.value = rate(rule.lowest) / rate(rule.highest),
                .low = ends.low,
                .high = ends.high,
                .reason = {},
                .interval = "95 % Koopman score interval of the two groups' ratio"};
  rule.verdict = verdict_of(rule.ratio);
  return rule;
}

}  // namespace

std::vector<FourFifths> four_fifths(const TwoWayTable& table) {
  const auto groups = table.column_sums();
  std::vector<FourFifths> rules;
  for (std::size_t row = 0; row < table.rows; ++row) rules.push_back(rule_of(table, row, groups));
  return rules;
}

Estimate differential_fairness(const TwoWayTable& table, double prior) {
  const auto groups = table.column_sums();
  if (std::ranges::count_if(groups, [](std::uint64_t rows) { return rows > 0; }) < 2) {
    return undefined("Fewer than two groups have rows.");
  }
  double epsilon = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    double least = 1;
    double most = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g] == 0) continue;
      const double share =
          (static_cast<double>(table.at(row, g)) + prior) /
          (static_cast<double>(groups[g]) + prior * static_cast<double>(table.rows));
      least = std::min(least, share);
      most = std::max(most, share);
    }
    if (most == 0) continue;
    if (least == 0) return undefined("A class has no rows in a group that has rows.");
    epsilon = std::max(epsilon, std::log(most / least));
  }
  return without_interval(epsilon, "none: a plug-in value");
}

}  // namespace af::audit

#include "audit/composition/base_rate_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "audit/statistics/ratio_interval.h"

namespace af::audit {
namespace {

constexpr double kFourFifths = 0.8;

RuleVerdict verdict_of(const Estimate& ratio) {
  if (!ratio.low) return RuleVerdict::kUndetermined;
  if (*ratio.low >= kFourFifths) return RuleVerdict::kHolds;
  return *ratio.high < kFourFifths ? RuleVerdict::kFails : RuleVerdict::kUndetermined;
}

/// How many rows of a group are of a class.
class GroupRates {
 public:
  GroupRates(const TwoWayTable& table, std::span<const double> rows)
      : table_(table), sums_(table.column_sums()), rows_(rows.begin(), rows.end()) {
    if (rows_.empty()) rows_.assign(sums_.begin(), sums_.end());
  }
  [[nodiscard]] std::size_t groups() const { return rows_.size(); }
  [[nodiscard]] const std::vector<double>& rows() const { return rows_; }
  [[nodiscard]] Proportion of(std::size_t row, std::size_t g) const {
    const auto here = static_cast<double>(table_.at(row, g));
    const auto sum = static_cast<double>(sums_[g]);
    return {.successes = sum == rows_[g] ? here : rows_[g] * (here / sum), .trials = rows_[g]};
  }

 private:
  const TwoWayTable& table_;
  std::vector<std::uint64_t> sums_;
  std::vector<double> rows_;
};

double share(Proportion p) { return p.successes / p.trials; }

bool fewer_than_two(const std::vector<double>& groups) {
  return std::ranges::count_if(groups, [](double rows) { return rows > 0; }) < 2;
}

FourFifths rule_of(const GroupRates& rates, std::size_t row) {
  FourFifths rule;
  if (fewer_than_two(rates.rows())) {
    rule.ratio = undefined("Fewer than two groups have rows.");
    return rule;
  }
  if (std::ranges::find(rates.rows(), 0.0) != rates.rows().end()) {
    rule.ratio = undefined("A group has no rows.");
    return rule;
  }
  const auto rate = [&](std::size_t g) { return share(rates.of(row, g)); };
  for (std::size_t g = 1; g < rates.groups(); ++g) {
    if (rate(g) < rate(rule.lowest)) rule.lowest = g;
    if (rate(g) > rate(rule.highest)) rule.highest = g;
  }
  const Proportion low = rates.of(row, rule.lowest);
  const Proportion high = rates.of(row, rule.highest);
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

std::vector<FourFifths> four_fifths(const TwoWayTable& table, std::span<const double> rows) {
  const GroupRates rates(table, rows);
  std::vector<FourFifths> rules;
  for (std::size_t row = 0; row < table.rows; ++row) rules.push_back(rule_of(rates, row));
  return rules;
}

Estimate differential_fairness(const TwoWayTable& table, double prior,
                               std::span<const double> rows) {
  const GroupRates rates(table, rows);
  if (fewer_than_two(rates.rows())) return undefined("Fewer than two groups have rows.");
  double epsilon = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    double least = 1;
    double most = 0;
    for (std::size_t g = 0; g < rates.groups(); ++g) {
      const Proportion p = rates.of(row, g);
      if (p.trials == 0) continue;
      const double here =
          (p.successes + prior) / (p.trials + prior * static_cast<double>(table.rows));
      least = std::min(least, here);
      most = std::max(most, here);
    }
    if (most == 0) continue;
    if (least == 0) return undefined("A class has no rows in a group that has rows.");
    epsilon = std::max(epsilon, std::log(most / least));
  }
  return without_interval(epsilon, "none: a plug-in value");
}

}  // namespace af::audit

#include "al/comparison/run_summary.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace af::al {
namespace {

using Value = std::optional<double>;

struct Metric {
  const char* name;
  Value (*of)(const SeedResult&);
};

template <auto Member>
Value at_the_end(const SeedResult& seed) {
  return (seed.curve.*Member).back();
}

constexpr std::array kMetrics{
    Metric{"accuracy", at_the_end<&LearningCurve::accuracy>},
    Metric{"worst_group_accuracy", at_the_end<&LearningCurve::worst_group_accuracy>},
    Metric{"group_gap", at_the_end<&LearningCurve::group_gap>},
    Metric{"equalized_odds_difference", at_the_end<&LearningCurve::equalized_odds_difference>},
    Metric{"aubc",
           [](const SeedResult& seed) {
             return area_under_budget_curve(seed.curve.labelled, seed.curve.accuracy);
           }},
    Metric{"minority_share", [](const SeedResult& seed) { return Value(seed.minority_share); }},
    Metric{"nll", at_the_end<&LearningCurve::nll>},
    Metric{"ece", at_the_end<&LearningCurve::ece>},
    Metric{"brier", at_the_end<&LearningCurve::brier>}};

std::vector<Value> values_of(const HeuristicResults& results, const Metric& metric) {
  std::vector<Value> values;
  for (const SeedResult& seed : results.seeds) values.push_back(metric.of(seed));
  return values;
}

Reach reach_of(const HeuristicResults& results, double target) {
  std::vector<double> reached;
  for (const SeedResult& seed : results.seeds) {
    if (const auto labels = labels_to_reach(seed.curve, target)) {
      reached.push_back(static_cast<double>(*labels));
    }
  }
  std::ranges::sort(reached);
  Reach reach{.accuracy = target, .seeds_reached = static_cast<std::int64_t>(reached.size())};
  const std::size_t lower = (results.seeds.size() - 1) / 2;
  const std::size_t upper = results.seeds.size() / 2;
  if (upper < reached.size()) reach.median_labels = (reached[lower] + reached[upper]) / 2;
  return reach;
}

HeuristicSummary summary_of(const HeuristicResults& results, const std::vector<double>& targets) {
  HeuristicSummary summary{.heuristic = results.heuristic,
                           .labelled = results.seeds.front().curve.labelled.back()};
  for (const Metric& metric : kMetrics) {
    summary.statistics.push_back(over_seeds(values_of(results, metric)));
  }
  for (const double target : targets) summary.reach.push_back(reach_of(results, target));
  return summary;
}

std::vector<HeuristicPair> pairs_of(const std::vector<HeuristicResults>& results) {
  std::vector<HeuristicPair> pairs;
  for (std::size_t i = 0; i < results.size(); ++i) {
    for (std::size_t j = i + 1; j < results.size(); ++j) {
      pairs.push_back({results[i].heuristic, results[j].heuristic, {}});
    }
  }
  for (const Metric& metric : kMetrics) {
    std::vector<PairedTest> family;
    for (std::size_t i = 0; i < results.size(); ++i) {
      for (std::size_t j = i + 1; j < results.size(); ++j) {
        family.push_back(paired_test(values_of(results[i], metric), values_of(results[j], metric)));
      }
    }
    adjust_by_holm(family);
    for (std::size_t k = 0; k < family.size(); ++k) pairs[k].tests.push_back(family[k]);
  }
  return pairs;
}

}  // namespace

std::vector<bool> minority_rows(const ImageTable& table) {
  const std::size_t groups = table.group.size();
  std::vector<std::size_t> cells(table.target.size() * groups);
  std::vector<std::size_t> classes(table.target.size());
  const auto cell_of = [&](std::size_t row) {
    return table.target.codes[row] * groups + table.group.codes[row];
  };
  for (std::size_t row = 0; row < table.target.codes.size(); ++row) {
    ++cells[cell_of(row)];
    ++classes[table.target.codes[row]];
  }
  std::vector<bool> minority;
  for (std::size_t row = 0; row < table.target.codes.size(); ++row) {
    minority.push_back(cells[cell_of(row)] * groups < classes[table.target.codes[row]]);
  }
  return minority;
}

double minority_share(const std::vector<LabelledRow>& labelled, const std::vector<bool>& minority) {
  const auto count = std::ranges::count_if(labelled, [&](const LabelledRow& one) {
    return minority[static_cast<std::size_t>(one.row)];
  });
  return static_cast<double>(count) / static_cast<double>(labelled.size());
}

std::vector<std::string> summary_metrics() {
  std::vector<std::string> names;
  for (const Metric& metric : kMetrics) names.emplace_back(metric.name);
  return names;
}

const SeedStatistic& HeuristicSummary::statistic(const std::string& metric) const {
  const auto found = std::ranges::find(kMetrics, metric, &Metric::name);
  return statistics.at(static_cast<std::size_t>(found - kMetrics.begin()));
}

PenaltyMatrix penalty_matrix(const std::vector<HeuristicResults>& results,
                             std::vector<Value> LearningCurve::*metric) {
  const std::vector<SeedResult>& first = results.front().seeds;
  const std::size_t steps = first.front().curve.labelled.size();
  if (first.size() < 2 || steps < 2) return {};
  PenaltyMatrix penalties(results.size(), std::vector<double>(results.size()));
  const auto at_step = [&](const HeuristicResults& one, std::size_t step) {
    std::vector<Value> values;
    for (const SeedResult& seed : one.seeds) values.push_back((seed.curve.*metric)[step]);
    return values;
  };
  for (std::size_t i = 0; i < results.size(); ++i) {
    for (std::size_t j = 0; j < results.size(); ++j) {
      if (i == j) continue;
      std::size_t better = 0;
      for (std::size_t step = 1; step < steps; ++step) {
        const PairedTest test = paired_test(at_step(results[i], step), at_step(results[j], step));
        if (test.p && *test.p < .05 && *test.t > 0) ++better;
      }
      penalties[i][j] = static_cast<double>(better) / static_cast<double>(steps - 1);
    }
  }
  return penalties;
}

RunSummary summarised(const std::vector<HeuristicResults>& results,
                      const std::vector<double>& targets) {
  RunSummary summary{
      .seeds = static_cast<std::int64_t>(results.front().seeds.size()),
      .pairs = pairs_of(results),
      .accuracy_penalties = penalty_matrix(results, &LearningCurve::accuracy),
      .worst_group_penalties = penalty_matrix(results, &LearningCurve::worst_group_accuracy)};
  for (const HeuristicResults& one : results) {
    summary.heuristics.push_back(summary_of(one, targets));
  }
  return summary;
}

}  // namespace af::al

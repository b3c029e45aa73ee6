#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "al/comparison/learning_curve.h"
#include "al/comparison/seed_statistics.h"
#include "al/images/image_table.h"
#include "al/runs/labelled_file.h"

/// A finished run in a few figures, and its heuristics compared, paired by seed.
namespace af::al {

/// For every row of the table, whether its cell (class, group) is a minority: it has fewer rows
/// than an equal split of its class over the groups would give it.
[[nodiscard]] std::vector<bool> minority_rows(const ImageTable& table);
/// Share of the labelled rows that are in a minority cell.
[[nodiscard]] double minority_share(const std::vector<LabelledRow>& labelled,
                                    const std::vector<bool>& minority);

/// One seed of a heuristic.
struct SeedResult {
  LearningCurve curve;
  double minority_share = 0;  ///< Of all labelled rows at the end, the initial set among them.
};
struct HeuristicResults {
  std::string heuristic;
  std::vector<SeedResult> seeds;  ///< The same seeds in the same order for every heuristic.
};

/// What is summarised of a seed: accuracy, worst_group_accuracy, group_gap,
/// equalized_odds_difference at the last step; aubc, the area under the budget curve of the
/// accuracy; minority_share; and of the last step again nll, ece and brier.
[[nodiscard]] std::vector<std::string> summary_metrics();

/// How many labels an accuracy took.
struct Reach {
  double accuracy = 0;
  std::int64_t seeds_reached = 0;
  /// Median over the seeds, one that never reached it counting as more than any; empty if the
  /// median itself is such a seed.
  std::optional<double> median_labels;
};

struct HeuristicSummary {
  std::string heuristic;
  std::int64_t labelled = 0;
  std::vector<SeedStatistic> statistics;  ///< One a summary metric.
  std::vector<Reach> reach;               ///< One a target accuracy.

  /// @throws std::out_of_range if there is no summary metric of the name.
  [[nodiscard]] const SeedStatistic& statistic(const std::string& metric) const;
};

/// Two heuristics, tested at every summary metric. p is adjusted over all pairs of a metric.
struct HeuristicPair {
  std::string first;
  std::string second;
  std::vector<PairedTest> tests;  ///< One a summary metric.
};

/// Pairwise penalty matrix: entry (i, j) is the share of the steps behind the first at which
/// heuristic i is significantly better than j, by a two-sided paired t-test over the seeds at .05.
/// The first step, which all share, says nothing and is left out. Source: Ash et al. 2020
/// (arXiv:1906.03671), section 5, with steps for their settings. Empty with one seed or one step.
using PenaltyMatrix = std::vector<std::vector<double>>;
[[nodiscard]] PenaltyMatrix penalty_matrix(
    const std::vector<HeuristicResults>& results,
    std::vector<std::optional<double>> LearningCurve::*metric);

struct RunSummary {
  std::int64_t seeds = 0;
  std::vector<HeuristicSummary> heuristics;
  std::vector<HeuristicPair> pairs;
  PenaltyMatrix accuracy_penalties;
  PenaltyMatrix worst_group_penalties;
};
/// @param targets  Accuracies to reach.
[[nodiscard]] RunSummary summarised(const std::vector<HeuristicResults>& results,
                                    const std::vector<double>& targets);

}  // namespace af::al

#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "audit/metrics/predictions.h"
#include "audit/runs/heuristic_comparison.h"
#include "audit/runs/penalty_matrix.h"
#include "audit/runs/run_drift.h"
#include "audit/runs/run_folder.h"
#include "audit/statistics/interval.h"

namespace af::audit {

/// A number by step: every seed's, and what they are together.
struct Curve {
  std::vector<std::vector<std::optional<double>>> seeds;  ///< [seeds, S]
  std::vector<Summary> steps;                             ///< [S]
};

/// A disparity of the last step's test predictions over the seeds.
struct RunDisparity {
  std::string name;
  Summary summary;
};

/// What one heuristic labelled and how well it did.
struct HeuristicAudit {
  std::string name;
  std::vector<Curve> counts;                 ///< [cells] Labelled rows of a cell.
  Curve minority_share;                      ///< Of the labelled rows, those in a minority cell.
  Curve total_variation;                     ///< From the pool; empty if that is not known.
  std::vector<FirstSteps> first_drift;       ///< [seeds] Likewise.
  std::vector<Curve> metrics;                ///< [metrics of the run]
  std::vector<PredictionAudit> predictions;  ///< [seeds] Of the last step's test rows.
  std::vector<RunDisparity> disparities;     ///< Of `predictions`, over the seeds.
};

/// Every heuristic of a run, step by step.
struct RunAudit {
  /// [cells] A cell is a minority if it holds less than an even share of its class. Judged by the
  /// pool if it is known, else by the initial sets, which were drawn from it at random.
  std::vector<bool> minority;
  std::vector<HeuristicAudit> heuristics;
  /// [S] Total variation that labelling at random gives on average; empty without a pool.
  std::vector<double> total_variation_at_random;
  std::vector<PairedComparison> comparisons;  ///< Of the heuristics at the last step.
  /// Of accuracy and worst-group accuracy; empty of one heuristic, of one step, or of fewer seeds
  /// than kSeedsForPairedT.
  std::vector<PenaltyMatrix> penalties;

  /// In their order.
  [[nodiscard]] std::vector<std::string> heuristic_names() const;
};

/// Metrics of a run that its tables show and that heuristics are compared by, with a short title.
struct ShownMetric {
  const char* name;
  const char* title;
};
inline constexpr std::array kShownMetrics{
    ShownMetric{"accuracy", "accuracy"}, ShownMetric{"worst_group_accuracy", "worst group"},
    ShownMetric{"group_gap", "gap"}, ShownMetric{"nll", "test loss"}};

/// @param positive  As of audit_predictions.
[[nodiscard]] RunAudit audit_run(const RunFolder& run, const std::optional<std::string>& positive);

/// Rows of a cell that labelling at random from the pool gives on average.
/// @param run  With its pool.
[[nodiscard]] double expected_rows(const RunFolder& run, std::size_t step, std::size_t cell);

/// Even share of a class with G groups: count * G < rows of the class. [cells]
/// @param cells  First factor: the class; the others together: the groups.
[[nodiscard]] std::vector<bool> minority_cells(const ContingencyTable& cells);

}  // namespace af::audit

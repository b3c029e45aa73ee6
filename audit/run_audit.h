#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/interval.h"
#include "audit/predictions.h"
#include "audit/run_folder.h"

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
};

/// @param positive  As of audit_predictions.
[[nodiscard]] RunAudit audit_run(const RunFolder& run, const std::optional<std::string>& positive);

/// Even share of a class with G groups: count * G < rows of the class. [cells]
/// @param cells  First factor: the class; the others together: the groups.
[[nodiscard]] std::vector<bool> minority_cells(const ContingencyTable& cells);

}  // namespace af::audit

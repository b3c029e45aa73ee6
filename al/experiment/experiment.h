#pragma once

#include <filesystem>
#include <vector>

#include "al/comparison/run_summary.h"
#include "al/config/experiment_config.h"
#include "al/runs/metrics_file.h"

/// The way in for programs; no LibTorch here.
namespace af::al {

/// How an experiment is run; nothing of this changes its results.
struct RunControl {
  std::filesystem::path output;
  int jobs = 0;        ///< Experiments side by side; 0: as many as the processor has threads for,
                       ///< or one on a CUDA device.
  bool force = false;  ///< Discard a run in the output folder.
  bool quiet = false;
  std::vector<double> reach{.9, .95};  ///< Accuracies whose cost in labels is reported, in (0, 1].
};

struct ExperimentOutcome {
  bool was_finished = false;  ///< The folder held the whole run already; nothing was done.
  double pool_minority_share = 0;
  StageSeconds seconds;  ///< Of all steps of all runs, as metrics.csv has them.
  RunSummary summary;
};

/// Runs every heuristic from every seed, or what is left of it, and writes the run folder
/// (run_folder.h). On one machine, with one build and one number of threads an experiment, a run
/// that was killed and started again ends with the same bytes as one that was not, the seconds in
/// metrics.csv aside. Other machines and thread counts add in another order and differ in the last
/// bits.
/// @throws ConfigError, InputError, OutputError before anything is written if something is wrong
///         with configuration, data or folder; later OutputError, or Error if training diverges.
ExperimentOutcome run_experiment(const ExperimentConfig& config, const RunControl& control);

}  // namespace af::al

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "al/config/experiment_config.h"
#include "al/images/image_table.h"
#include "al/runs/labelled_file.h"

/// One heuristic from one seed, on the disk.
namespace af::al {

/// What lies in its folder (run_folder.h).
inline constexpr const char* kLabelledName = "labelled.csv";
inline constexpr const char* kMetricsName = "metrics.csv";
inline constexpr const char* kTrainingName = "training.csv";
inline constexpr const char* kKeptName = "kept.csv";
inline constexpr const char* kPredictionsName = "predictions.csv";

/// Where it is kept and how far it is.
struct SeedRun {
  std::string heuristic;
  std::int64_t seed = 0;
  std::filesystem::path folder;
  std::vector<LabelledRow> labelled;  ///< In the order of choice; the initial set at least.
  std::vector<std::string> metrics;   ///< A line for each step that is done.
  std::vector<std::string> training;  ///< The same (training_file.h).
  std::vector<std::string> kept;      ///< Lines of kept.csv, if the method picks rows.
};

/// Steps of an experiment, the one on the initial set among them.
[[nodiscard]] std::int64_t step_count(const ExperimentConfig& config);

/// Rows labelled before the first step, the same for every heuristic: the first of a random order
/// of all rows from the stream (seed, kInitialSet, 0).
[[nodiscard]] std::vector<LabelledRow> initial_set(std::int64_t rows, std::int64_t count,
                                                   std::uint64_t seed);

/// Takes a run up where its folder says it is, or at its beginning. Rows chosen by a step that was
/// not finished are dropped; it will choose the same again.
/// @throws InputError if its files are damaged.
[[nodiscard]] SeedRun open_seed_run(const ExperimentConfig& config, const ImageTable& train,
                                    const std::string& heuristic, std::int64_t seed,
                                    const std::filesystem::path& folder,
                                    const std::string& metrics_header);

}  // namespace af::al

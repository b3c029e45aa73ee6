#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "al/config/experiment_config.h"
#include "al/experiment/first_step.h"
#include "al/images/image_table.h"
#include "al/images/resident_images.h"
#include "al/models/classifier.h"
#include "al/runs/labelled_file.h"
#include "al/weights/named_tensors.h"

namespace af::al {

/// What all runs of an experiment share, read only.
struct SharedData {
  const ExperimentConfig& config;  ///< Resolved.
  const ImageTable& train;
  const ImageTable& test;
  const ResidentImages& pool_images;
  const ResidentImages& test_images;
  const weights::NamedTensors* start = nullptr;  ///< To start from; none: drawn by the seed.
};

/// One heuristic from one seed: where it is kept and how far it is.
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

/// The network that an experiment on these data trains, its values undefined.
[[nodiscard]] std::unique_ptr<models::Classifier> new_classifier(const ExperimentConfig& config,
                                                                 const ImageTable& train,
                                                                 at::Device device);

/// Rows labelled before the first step, the same for every heuristic: the first of a random order
/// of all rows from the stream (seed, kInitialSet, 0).
[[nodiscard]] std::vector<LabelledRow> initial_set(std::int64_t rows, std::int64_t count,
                                                   std::uint64_t seed);

/// Takes a run up where its folder says it is, or at its beginning. Rows chosen by a step that was
/// not finished are dropped; it will choose the same again.
/// @throws InputError if its files are damaged.
[[nodiscard]] SeedRun open_seed_run(const SharedData& data, const std::string& heuristic,
                                    std::int64_t seed, const std::filesystem::path& folder,
                                    const std::string& metrics_header);

/// Does the steps that are left: train, test, choose, and write it all down.
/// @param first_step Of the seed; it expects this run if that has its first step to do.
/// @param step_done  Called with each new line of metrics.
/// @param stop       Ends the run after the step at hand once set.
void continue_seed_run(const SharedData& data, SeedRun& run, FirstStep& first_step,
                       const std::string& metrics_header,
                       const std::function<void(const std::string&)>& step_done,
                       const std::atomic<bool>& stop);

}  // namespace af::al

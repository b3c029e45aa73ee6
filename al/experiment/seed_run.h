#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "al/config/experiment_config.h"
#include "al/experiment/first_step.h"
#include "al/experiment/seed_folder.h"
#include "al/images/image_table.h"
#include "al/images/resident_images.h"
#include "al/models/classifier.h"
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

/// The network that an experiment on these data trains, its values undefined.
[[nodiscard]] std::unique_ptr<models::Classifier> new_classifier(const ExperimentConfig& config,
                                                                 const ImageTable& train,
                                                                 at::Device device);

/// Does the steps that are left: train, test, choose, and write it all down.
/// @param first_step Of the seed; it expects this run if that has its first step to do.
/// @param step_done  Called with each new line of metrics.
/// @param stop       Ends the run after the step at hand once set.
void continue_seed_run(const SharedData& data, SeedRun& run, FirstStep& first_step,
                       const std::string& metrics_header,
                       const std::function<void(const std::string&)>& step_done,
                       const std::atomic<bool>& stop);

}  // namespace af::al

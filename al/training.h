#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "al/experiment_config.h"
#include "al/models/classifier.h"
#include "al/resident_images.h"

namespace af::al {

/// What training may see: the labelled rows and their labels, nothing of the others.
struct LabelledRows {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> labels;  ///< Codes of the target, one a row.
};

struct TrainingPlan {
  OptimizerKind optimizer = OptimizerKind::kAdamW;
  ScheduleKind schedule = ScheduleKind::kOneCycle;
  double learning_rate = .003;
  double weight_decay = 5e-4;
  std::int64_t epochs = 20;
  std::int64_t batch_size = 32;
};

/// Which random order and masks are meant.
struct TrainingAddress {
  std::uint64_t seed = 0;
  std::int64_t step = 0;
};

[[nodiscard]] TrainingPlan training_plan(const ExperimentConfig& config);

/// Empirical risk minimisation with cross-entropy, from the initial weights of the seed and a
/// fresh optimizer. Epoch e takes the rows in the order of the stream (seed, kBatchOrder,
/// (step, e)); nothing is augmented. Nothing is read back from the device before the end.
/// @throws Error (exit 3) that names step and learning rate if a weight is not finite afterwards.
void train(models::Classifier& net, const ResidentImages& images, const LabelledRows& labelled,
           const TrainingPlan& plan, const TrainingAddress& address);

}  // namespace af::al

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "al/config/experiment_config.h"
#include "al/images/resident_images.h"
#include "al/methods/method_options.h"
#include "al/models/classifier.h"

namespace af::al {

/// What training may see: the labelled rows and their labels, nothing of the others.
struct LabelledRows {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> labels;  ///< Codes of the target, one a row.
  std::vector<std::int64_t> groups;  ///< Codes of the group attribute, one a row; empty unless
                                     ///< the method needs them (methods/registry.h).
};

struct TrainingPlan {
  OptimizerKind optimizer = OptimizerKind::kAdamW;
  ScheduleKind schedule = ScheduleKind::kOneCycle;
  double learning_rate = .003;
  double weight_decay = 5e-4;
  std::int64_t epochs = 20;
  std::int64_t batch_size = 32;
  Precision precision = Precision::kFloat32;  ///< Of convolutions and products.
  Augmentation augmentation;
  std::string method = "erm";
  methods::MethodOptions options;
};

/// Which random order and masks are meant.
struct TrainingAddress {
  std::uint64_t seed = 0;
  std::int64_t step = 0;
};

/// What a training came to beside the weights.
struct TrainingRecord {
  std::int64_t batch_size = 0;  ///< Less than the plan's if the device's memory did not hold that.
  std::int64_t rows_per_epoch = 0;  ///< Counted as often as an epoch takes them; of jtt its second.
  std::vector<std::int64_t>
      kept;  ///< repair: the labelled rows that it trained on, in their order.
};

[[nodiscard]] TrainingPlan training_plan(const ExperimentConfig& config);

/// Training by the plan's method, from the initial weights of the seed and a fresh optimizer; by
/// default empirical risk minimisation with cross-entropy. Epoch e takes the rows in the order of
/// the stream (seed, kBatchOrder, (step, e)), or where the method draws them group by group those
/// of (seed, kGroupDraws, (step, e)); images are flipped and moved only
/// if the plan says so (augmentation.h).
///   erm           mean loss
///   reweighting   losses weighted so that all groups weigh the same (methods/group_balance.h)
///   resampling    rows drawn group by group (methods/group_balance.h)
///   group-dro     such rows, under weights of the groups that follow their losses
///                 (methods/objective.h)
///   grad          an adversary on the group attribute, its gradient reversed
///                 (methods/adversarial.h); the network has to have one
///   repair        only those rows kept under whose weights the group attribute says least about
///                 the class (methods/repair.h)
///   jtt           twice, the rows that the first network got wrong more often the second time
///                 (methods/just_train_twice.h)
/// Of a network with frozen features the classifier alone is trained, on the representations that
/// the images keep if they keep any and are not moved.
/// If the device's memory does not hold a batch, training begins anew with batches of half the size
/// (fitting_batches.h): the same on every device that has as little memory, and said on stderr.
/// @throws Error (exit 3) that names step and learning rate if a weight is not finite afterwards.
TrainingRecord train(models::Classifier& net, const ResidentImages& images,
                     const LabelledRows& labelled, const TrainingPlan& plan,
                     const TrainingAddress& address);

}  // namespace af::al

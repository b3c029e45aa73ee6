#include "al/training/training.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "al/inference/fitting_batches.h"
#include "al/inference/prediction.h"
#include "al/methods/adversarial.h"
#include "al/methods/group_balance.h"
#include "al/methods/just_train_twice.h"
#include "al/methods/objective.h"
#include "al/methods/repair.h"
#include "al/methods/repair_keep.h"
#include "al/training/batch_gradients.h"
#include "al/training/one_cycle.h"
#include "al/training/optimizer.h"
#include "core/errors.h"
#include "core/random.h"

namespace af::al {
namespace {

constexpr double kMomentum = .9;  ///< Without a cycle: SGD's momentum, Adam's beta1.

/// The address of an epoch's order.
std::uint64_t epoch_index(const TrainingAddress& address, std::int64_t epoch) {
  return static_cast<std::uint64_t>(address.step) << 32 | static_cast<std::uint64_t>(epoch);
}

/// Which labelled rows an epoch takes, in order.
using EpochOrder = std::function<std::vector<std::int64_t>(std::int64_t epoch)>;

/// The positions in the order of the epoch's stream.
EpochOrder shuffled(std::vector<std::int64_t> positions, const TrainingAddress& address) {
  return [=](std::int64_t epoch) {
    Stream stream(address.seed, Purpose::kBatchOrder, epoch_index(address, epoch));
    std::vector<std::int64_t> order;
    for (const std::uint32_t i :
         permutation(static_cast<std::uint32_t>(positions.size()), stream)) {
      order.push_back(positions[i]);
    }
    return order;
  };
}

EpochOrder drawn_by_group(const std::vector<std::int64_t>& cells, const TrainingAddress& address) {
  return [cells, address](std::int64_t epoch) {
    return methods::balanced_draws(
        cells, Stream(address.seed, Purpose::kGroupDraws, epoch_index(address, epoch)));
  };
}

std::vector<std::int64_t> all_positions(const LabelledRows& labelled) {
  std::vector<std::int64_t> positions(labelled.rows.size());
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

/// Pairs of class and group attribute: the groups that training may balance.
std::vector<std::int64_t> cells_of(const LabelledRows& labelled) {
  constexpr std::int64_t kGroupCodes = 1 << 16;
  std::vector<std::int64_t> cells;
  for (std::size_t i = 0; i < labelled.groups.size(); ++i) {
    cells.push_back(labelled.labels[i] * kGroupCodes + labelled.groups[i]);
  }
  return cells;
}

std::vector<std::int64_t> repaired_positions(const LabelledRows& labelled,
                                             const methods::RepairOptions& options,
                                             const TrainingAddress& address) {
  const methods::RepairRows rows(labelled.labels, labelled.groups);
  // Rows of one class have no bias to repair.
  if (rows.class_count < 2) return all_positions(labelled);
  return methods::repair_kept(rows,
                              methods::repair_weights(rows, options, address.seed, address.step),
                              options, address.seed, address.step);
}

LearningPoint learning_point(const TrainingPlan& plan, std::int64_t batch, std::int64_t batches) {
  if (plan.schedule == ScheduleKind::kConstant) return {plan.learning_rate, kMomentum};
  return OneCycle{.peak = plan.learning_rate, .batches = batches}.at(batch);
}

void check_finite(const ParameterStore& parameters, const TrainingPlan& plan,
                  const TrainingAddress& address) {
  if (parameters.finite()) return;
  throw Error(ExitCode::kInput,
              fmt::format("training diverged at step {} of seed {}: weights are not finite with "
                          "learning rate {}, expected a smaller one",
                          address.step, address.seed, plan.learning_rate));
}

/// Where each batch begins, and the end of the last.
std::vector<std::int64_t> batch_begins(std::int64_t rows, std::int64_t batch_size) {
  std::vector<std::int64_t> begins;
  for (std::int64_t row = 0; row < rows; row += batch_size) begins.push_back(row);
  begins.push_back(rows);
  return begins;
}

/// Trains from the initial weights on the rows of each epoch's order, every epoch of one length,
/// which is returned.
std::int64_t minimise(methods::Objective& objective, const EpochOrder& order_of,
                      models::Classifier& net, const ResidentImages& images,
                      const LabelledRows& labelled, const TrainingPlan& plan,
                      const TrainingAddress& address) {
  net.parameters.reset(address.seed);
  const auto optimizer = make_optimizer(plan.optimizer, net.parameters, plan.weight_decay);
  BatchGradients gradients(objective, net, images, labelled, plan, address);
  std::int64_t rows = 0;
  for (std::int64_t epoch = 0; epoch < plan.epochs; ++epoch) {
    const std::vector<std::int64_t> order = order_of(epoch);
    rows = static_cast<std::int64_t>(order.size());
    const auto begins = batch_begins(rows, plan.batch_size);
    gradients.begin_epoch(epoch, order, begins);
    const auto batches = static_cast<std::int64_t>(begins.size()) - 1;
    for (std::int64_t batch = 0; batch < batches; ++batch) {
      gradients.next();
      optimizer->step(learning_point(plan, epoch * batches + batch, plan.epochs * batches));
    }
  }
  check_finite(net.parameters, plan, address);
  return rows;
}

/// Classes predicted with dropout off.
std::vector<std::int64_t> predicted_classes(const models::Classifier& net,
                                            const ResidentImages& images,
                                            const std::vector<std::int64_t>& rows) {
  const at::Tensor classes =
      point_log_probabilities(*net.head, features_of(net, images, rows)).argmax(1).cpu();
  const std::int64_t* data = classes.const_data_ptr<std::int64_t>();
  return {data, data + classes.numel()};
}

TrainingRecord train_by_method(models::Classifier& net, const ResidentImages& images,
                               const LabelledRows& labelled, const TrainingPlan& plan,
                               const TrainingAddress& address) {
  TrainingRecord record{.batch_size = plan.batch_size};
  const auto run = [&](methods::Objective& objective, const EpochOrder& order,
                       const TrainingPlan& how) {
    record.rows_per_epoch = minimise(objective, order, net, images, labelled, how, address);
  };
  methods::MeanLoss mean_loss;
  const EpochOrder plain = shuffled(all_positions(labelled), address);
  const std::vector<std::int64_t> cells = cells_of(labelled);
  if (plan.method == "reweighting") {
    methods::WeightedLoss weighted(methods::balanced_weights(cells), images.device());
    run(weighted, plain, plan);
  } else if (plan.method == "resampling") {
    run(mean_loss, drawn_by_group(cells, address), plan);
  } else if (plan.method == "group-dro") {
    methods::GroupDro robust(cells, plan.options.group_dro_step, images.device());
    run(robust, drawn_by_group(cells, address), plan);
  } else if (plan.method == "grad") {
    methods::Adversarial adversarial(*net.adversary, labelled.groups, plan.options.adversary_weight,
                                     images.device());
    run(adversarial, plain, plan);
  } else if (plan.method == "repair") {
    const auto positions = repaired_positions(labelled, plan.options.repair, address);
    for (const std::int64_t i : positions) {
      record.kept.push_back(labelled.rows[static_cast<std::size_t>(i)]);
    }
    run(mean_loss, shuffled(positions, address), plan);
  } else if (plan.method == "jtt") {
    TrainingPlan first = plan;
    first.epochs = plan.options.jtt_epochs;
    run(mean_loss, plain, first);
    const auto positions = methods::upsampled_positions(
        labelled.labels, predicted_classes(net, images, labelled.rows), plan.options.jtt_upweight);
    run(mean_loss, shuffled(positions, address), plan);
  } else {
    run(mean_loss, plain, plan);
  }
  return record;
}

}  // namespace

TrainingPlan training_plan(const ExperimentConfig& config) {
  return {.optimizer = config.optimizer,
          .schedule = config.schedule,
          .learning_rate = config.learning_rate.value(),
          .weight_decay = config.weight_decay,
          .epochs = config.epochs,
          .batch_size = config.batch_size,
          .precision = config.training_precision,
          .augmentation = config.augmentation,
          .method = config.method,
          .options = config.training};
}

TrainingRecord train(models::Classifier& net, const ResidentImages& images,
                     const LabelledRows& labelled, const TrainingPlan& plan,
                     const TrainingAddress& address) {
  TrainingPlan fitting = plan;
  for (;;) {
    try {
      return train_by_method(net, images, labelled, fitting, address);
    } catch (const c10::OutOfMemoryError&) {
      fitting.batch_size =
          halved_batch(fitting.batch_size,
                       fmt::format("training at step {} of seed {}", address.step, address.seed));
    }
  }
}

}  // namespace af::al

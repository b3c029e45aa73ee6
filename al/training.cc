#include "al/training.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "al/dropout_masks.h"
#include "al/one_cycle.h"
#include "al/optimizer.h"
#include "core/errors.h"
#include "core/random.h"

namespace af::al {
namespace {

constexpr double kMomentum = .9;  ///< Without a cycle: SGD's momentum, Adam's beta1.

at::Tensor to_tensor(std::span<const std::int64_t> values, at::Device device) {
  const at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kLong);
  std::ranges::copy(values, tensor.mutable_data_ptr<std::int64_t>());
  return tensor.to(device);
}

/// The positions 0 .. count-1 in the order of an epoch.
at::Tensor epoch_order(std::size_t count, const TrainingAddress& address, std::int64_t epoch,
                       at::Device device) {
  Stream stream(address.seed, Purpose::kBatchOrder,
                static_cast<std::uint64_t>(address.step) << 32 | static_cast<std::uint64_t>(epoch));
  const auto order = permutation(static_cast<std::uint32_t>(count), stream);
  return to_tensor(std::vector<std::int64_t>(order.begin(), order.end()), device);
}

at::Tensor loss_of(const models::Classifier& net, const at::Tensor& images,
                   const at::Tensor& labels, const TrainingMaskAddress& address) {
  const auto factors = [&](std::int64_t layer, std::int64_t width) {
    return mask_factors(training_mask_bits(address, layer, images.size(0), width), width,
                        images.device());
  };
  const models::DropoutHead& head = *net.head;
  const at::Tensor features = net.backbone->features(images, models::Mode::kTrain);
  const at::Tensor logits =
      head.logits(features * factors(0, head.feature_count()), factors(1, head.hidden_count()));
  return at::cross_entropy_loss(logits, labels);
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

}  // namespace

TrainingPlan training_plan(const ExperimentConfig& config) {
  return {.optimizer = config.optimizer,
          .schedule = config.schedule,
          .learning_rate = config.learning_rate.value(),
          .weight_decay = config.weight_decay,
          .epochs = config.epochs,
          .batch_size = config.batch_size};
}

void train(models::Classifier& net, const ResidentImages& images, const LabelledRows& labelled,
           const TrainingPlan& plan, const TrainingAddress& address) {
  net.parameters.reset(address.seed);
  const auto optimizer = make_optimizer(plan.optimizer, net.parameters, plan.weight_decay);
  const at::Tensor rows = to_tensor(labelled.rows, images.device());
  const at::Tensor labels = to_tensor(labelled.labels, images.device());
  const std::int64_t count = rows.size(0);
  const std::int64_t batches = (count + plan.batch_size - 1) / plan.batch_size;
  for (std::int64_t epoch = 0; epoch < plan.epochs; ++epoch) {
    const at::Tensor order = epoch_order(labelled.rows.size(), address, epoch, images.device());
    const at::Tensor epoch_rows = rows.index_select(0, order);
    const at::Tensor epoch_labels = labels.index_select(0, order);
    for (std::int64_t batch = 0; batch < batches; ++batch) {
      const std::int64_t first = batch * plan.batch_size;
      const std::int64_t size = std::min(plan.batch_size, count - first);
      net.parameters.gradients().zero_();
      loss_of(net, images.batch(epoch_rows.narrow(0, first, size)),
              epoch_labels.narrow(0, first, size), {address.seed, address.step, epoch, batch})
          .backward();
      optimizer->step(learning_point(plan, epoch * batches + batch, plan.epochs * batches));
    }
  }
  check_finite(net.parameters, plan, address);
}

}  // namespace af::al

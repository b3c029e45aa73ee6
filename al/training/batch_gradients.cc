#include "al/training/batch_gradients.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "al/device/transfer.h"
#include "al/inference/prediction.h"
#include "al/models/dropout_masks.h"

namespace af::al {
namespace {

/// Layers of dropout in the network itself: before the head and inside it.
constexpr std::size_t kNetLayers = 2;

/// Brings values to the device: to where those of the last epoch lay.
void refill(at::Tensor& place, const at::Tensor& values, at::Device device) {
  if (place.defined()) {
    place.copy_(on_device(values, device));
  } else {
    place = on_device(values, device);
  }
}

at::Tensor host_tensor(std::span<const std::int64_t> values) { return on_device(values, at::kCPU); }

/// Shortens the gradient to the limit's norm if it is longer.
void limit_norm(const at::Tensor& gradient, double limit) {
  gradient.mul_(at::clamp_max(limit / (gradient.norm() + 1e-6), 1));
}

std::vector<std::int64_t> layer_widths(const models::Classifier& net,
                                       const methods::Objective& objective) {
  std::vector<std::int64_t> widths{net.head->feature_count(), net.head->hidden_count()};
  for (const std::int64_t width : objective.mask_widths()) widths.push_back(width);
  return widths;
}

}  // namespace

BatchGradients::BatchGradients(methods::Objective& objective, const models::Classifier& net,
                               const ResidentImages& images, const LabelledRows& labelled,
                               const TrainingPlan& plan, const TrainingAddress& address)
    : objective_(objective),
      net_(net),
      images_(images),
      labelled_(labelled),
      plan_(plan),
      address_(address),
      widths_(layer_widths(net, objective)),
      rows_(on_device(labelled.rows, images.device())),
      labels_(on_device(labelled.labels, images.device())),
      batch_(at::zeros({1}, at::TensorOptions(images.device()).dtype(at::kLong))),
      mask_bits_(widths_.size()) {}

void BatchGradients::begin_epoch(std::int64_t epoch, const std::vector<std::int64_t>& order,
                                 const std::vector<std::int64_t>& begins) {
  sizes_.clear();
  for (std::size_t b = 0; b + 1 < begins.size(); ++b) sizes_.push_back(begins[b + 1] - begins[b]);
  done_ = 0;
  batch_.zero_();
  const at::Device device = images_.device();
  refill(order_, host_tensor(order), device);
  refill(begins_, host_tensor(begins), device);
  for (std::size_t layer = 0; layer < widths_.size(); ++layer) {
    std::vector<at::Tensor> bits;
    for (std::size_t b = 0; b < sizes_.size(); ++b) {
      const TrainingMaskAddress address{address_.seed, address_.step, epoch,
                                        static_cast<std::int64_t>(b)};
      bits.push_back(
          training_mask_bits(address, static_cast<std::int64_t>(layer), sizes_[b], widths_[layer]));
    }
    refill(mask_bits_[layer], at::cat(bits), device);
  }
  if (!plan_.augmentation.any()) return;
  std::vector<std::int64_t> rows;
  for (const std::int64_t position : order) {
    rows.push_back(labelled_.rows[static_cast<std::size_t>(position)]);
  }
  const PixelSources sources =
      images_.sources(rows, {plan_.augmentation, address_.seed, address_.step, epoch});
  refill(sources_.rows, sources.rows, device);
  refill(sources_.columns, sources.columns, device);
}

void BatchGradients::next() {
  const std::int64_t size = sizes_.at(done_++);
  const auto [work, is_new] =
      work_of_size_.try_emplace(size, images_.device(), [this, size] { gradients(size); });
  work->second();
}

void BatchGradients::gradients(std::int64_t size) {
  const at::Tensor places = begins_.index_select(0, batch_) + at::arange(size, batch_.options());
  const at::Tensor positions = order_.index_select(0, places);
  methods::TrainingBatch batch;
  batch.positions = positions;
  batch.labels = labels_.index_select(0, positions);
  for (std::size_t layer = kNetLayers; layer < widths_.size(); ++layer) {
    batch.masks.push_back(factors(layer, places));
  }
  net_.parameters.gradients().zero_();
  {
    const PrecisionScope precision(plan_.precision, images_.device());
    const at::Tensor representation = represented(rows_.index_select(0, positions), places);
    batch.logits = logits(net_.backbone->features(representation), places).to(at::kFloat);
    if (net_.adversary) {
      batch.classifier_input = net_.backbone->classifier_input(representation).to(at::kFloat);
    }
  }
  objective_.loss(batch).backward();
  if (const auto limit = objective_.gradient_limit()) {
    limit_norm(net_.parameters.gradients(), *limit);
  }
  batch_.add_(1);
}

at::Tensor BatchGradients::represented(const at::Tensor& rows, const at::Tensor& places) const {
  if (!net_.frozen_features) {
    return net_.backbone->representation(batch_images(rows, places), models::Mode::kTrain);
  }
  if (images_.representations().defined() && !plan_.augmentation.any()) {
    return images_.representations().index_select(0, rows);
  }
  const at::NoGradGuard no_grad;
  return net_.backbone->representation(batch_images(rows, places), models::Mode::kEval);
}

at::Tensor BatchGradients::logits(const at::Tensor& features, const at::Tensor& places) const {
  const models::DropoutHead& head = *net_.head;
  if (!net_.dropout) return head.class_logits(head.hidden(features));
  return head.logits(features * factors(0, places), factors(1, places));
}

at::Tensor BatchGradients::batch_images(const at::Tensor& rows, const at::Tensor& places) const {
  if (!plan_.augmentation.any()) return images_.batch(rows);
  return images_.batch(rows, PixelSources{sources_.rows.index_select(0, places),
                                          sources_.columns.index_select(0, places)});
}

at::Tensor BatchGradients::factors(std::size_t layer, const at::Tensor& places) const {
  return mask_factors(mask_bits_[layer].index_select(0, places), widths_[layer], images_.device());
}

}  // namespace af::al

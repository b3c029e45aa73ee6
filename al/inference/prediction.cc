#include "al/inference/prediction.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "al/device/transfer.h"
#include "al/inference/fitting_batches.h"

namespace af::al {
namespace {

/// Images that go through the backbone at once: enough to keep the operators' own cost small, few
/// enough for their maps to stay in the processor's cache (VGG-16 takes fewer by itself).
constexpr std::int64_t kCpuBatch = 64;
constexpr std::int64_t kCudaBatch = 1024;
/// Elements of features and hidden units, over all draws, that go through the head at once.
constexpr std::int64_t kCpuHeadElements = 1 << 20;
/// There launching an operator must cost little beside doing it: a gigabyte of features.
constexpr std::int64_t kCudaHeadElements = 1 << 28;
constexpr std::int64_t kFewestHeadRows = 32;
constexpr const char* kPredictedImages = "images of a prediction";
constexpr const char* kDrawsOfRows = "stochastic passes of rows";

/// Rows that go through the head at once.
std::int64_t head_chunk(const models::DropoutHead& head, std::int64_t draws, at::Device device) {
  const std::int64_t row_elements = draws * (head.feature_count() + head.hidden_count());
  const std::int64_t elements = device.is_cpu() ? kCpuHeadElements : kCudaHeadElements;
  return std::max(kFewestHeadRows, elements / row_elements);
}

}  // namespace

PrecisionScope::PrecisionScope(Precision precision, at::Device device)
    : device_(device.type()), casts_(precision == Precision::kBfloat16) {
  if (!casts_) return;
  at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  at::autocast::set_autocast_enabled(device_, true);
}

PrecisionScope::~PrecisionScope() {
  if (!casts_) return;
  at::autocast::set_autocast_enabled(device_, false);
  at::autocast::clear_cache();  // Weights change before the next scope.
}

at::Tensor features_of(const models::Classifier& net, const ResidentImages& images,
                       std::span<const std::int64_t> rows) {
  const at::NoGradGuard no_grad;
  const at::Tensor& kept = images.representations();
  const models::TensorMap representation =
      kept.defined() ? models::TensorMap() : net.backbone->frozen_representation();
  const models::TensorMap tail = net.backbone->frozen_features();
  const at::Tensor index = on_device(rows, images.device());
  const std::int64_t count = index.size(0);
  const std::int64_t batch = images.device().is_cpu() ? kCpuBatch : kCudaBatch;
  at::Tensor features = at::empty({count, net.backbone->feature_count()},
                                  at::TensorOptions(images.device()).dtype(at::kFloat));
  const auto represented = [&](const at::Tensor& some) {
    return kept.defined() ? kept.index_select(0, some) : representation(images.batch(some));
  };
  in_fitting_batches(count, batch, kPredictedImages, [&](std::int64_t first, std::int64_t size) {
    features.narrow(0, first, size).copy_(tail(represented(index.narrow(0, first, size))));
  });
  return features;
}

at::Tensor representations_of(const models::Classifier& net, const ResidentImages& images) {
  const at::NoGradGuard no_grad;
  const at::Tensor rows =
      at::arange(images.rows(), at::TensorOptions(images.device()).dtype(at::kLong));
  const std::int64_t batch = images.device().is_cpu() ? kCpuBatch : kCudaBatch;
  at::Tensor all;
  in_fitting_batches(images.rows(), batch, kPredictedImages,
                     [&](std::int64_t first, std::int64_t size) {
                       const at::Tensor some = net.backbone->representation(
                           images.batch(rows.narrow(0, first, size)), models::Mode::kEval);
                       if (!all.defined()) {
                         all = at::empty({images.rows(), some.size(1)}, some.options());
                       }
                       all.narrow(0, first, size).copy_(some);
                     });
  return all;
}

at::Tensor point_log_probabilities(const models::DropoutHead& head, const at::Tensor& features) {
  const at::NoGradGuard no_grad;
  return at::log_softmax(head.class_logits(head.hidden(features)).to(at::kFloat), 1);
}

at::Tensor mc_log_probabilities(const models::Classifier& net, const at::Tensor& features,
                                std::span<const std::int64_t> rows, const MaskAddress& address,
                                std::int64_t draws) {
  const models::DropoutHead& head = *net.head;
  if (!net.dropout) return point_log_probabilities(head, features).unsqueeze(0);
  const at::NoGradGuard no_grad;
  const std::int64_t count = features.size(0);
  const std::int64_t chunk = head_chunk(head, draws, features.device());
  at::Tensor all = at::empty({draws, count, head.class_count()}, features.options());
  in_fitting_batches(count, chunk, kDrawsOfRows, [&](std::int64_t first, std::int64_t size) {
    const auto some = rows.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(size));
    const auto bits = [&](std::int64_t layer, std::int64_t width) {
      return on_device(mc_mask_bits(address, draws, layer, some, width), features.device());
    };
    const at::Tensor logits =
        head.draw_logits(features.narrow(0, first, size), bits(0, head.feature_count()),
                         bits(1, head.hidden_count()));
    all.narrow(1, first, size)
        .copy_(at::log_softmax(logits, 1).view({draws, size, head.class_count()}));
  });
  return all;
}

at::Tensor mc_log_probabilities_consistent(const models::Classifier& net,
                                           const at::Tensor& features, const MaskAddress& address,
                                           std::int64_t draws) {
  const models::DropoutHead& head = *net.head;
  if (!net.dropout) return point_log_probabilities(head, features).unsqueeze(0);
  const at::NoGradGuard no_grad;
  constexpr std::array<std::int64_t, 1> kOneRow{0};
  const auto factors = [&](std::int64_t layer, std::int64_t width) {
    const at::Tensor bits = mc_mask_bits(address, draws, layer, kOneRow, width);
    return mask_factors(bits, width, features.device()).unsqueeze(1);  // [T, 1, width]
  };
  const at::Tensor of_features = factors(0, head.feature_count());
  const at::Tensor of_hidden = factors(1, head.hidden_count());
  const std::int64_t count = features.size(0);
  const std::int64_t chunk = head_chunk(head, draws, features.device());
  at::Tensor all = at::empty({draws, count, head.class_count()}, features.options());
  in_fitting_batches(count, chunk, kDrawsOfRows, [&](std::int64_t first, std::int64_t size) {
    const at::Tensor dropped = features.narrow(0, first, size).unsqueeze(0) * of_features;
    all.narrow(1, first, size).copy_(at::log_softmax(head.logits(dropped, of_hidden), 2));
  });
  return all;
}

at::Tensor log_mean_probabilities(const at::Tensor& log_probabilities) {
  return at::logsumexp(log_probabilities, 0) -
         std::log(static_cast<double>(log_probabilities.size(0)));
}

}  // namespace af::al

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "al/config/experiment_config.h"
#include "al/images/resident_images.h"
#include "al/models/classifier.h"
#include "al/models/dropout_masks.h"

/// MC-Dropout prediction: the network in eval mode with only dropout live. Source: Gal and
/// Ghahramani 2016 (arXiv:1506.02142). Everything before the first dropout is computed once an
/// image, the head once a draw. Batches that the device's memory does not hold are halved
/// (fitting_batches.h).
namespace af::al {

/// While it lives, networks of the calling thread compute convolutions and products in the
/// precision; with bf16 by LibTorch's autocast, but for what a network has a better way for
/// (vgg16.h).
class PrecisionScope {
 public:
  PrecisionScope(Precision precision, at::Device device);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  at::DeviceType device_;
  bool casts_;
};

/// Features of the rows, [N, F] on the images' device.
[[nodiscard]] at::Tensor features_of(const models::Classifier& net, const ResidentImages& images,
                                     std::span<const std::int64_t> rows);

/// What precedes the classifier, of all images: [N, R] float32 on their device.
[[nodiscard]] at::Tensor representations_of(const models::Classifier& net,
                                            const ResidentImages& images);

/// Log-probabilities with dropout off, in one pass: [N, classes] float32.
[[nodiscard]] at::Tensor point_log_probabilities(const models::DropoutHead& head,
                                                 const at::Tensor& features);

/// Log-probabilities of every draw, log p(y | x, w_t), from log-softmax in float32; of a network
/// without dropout, whose draws would all be the same, of one.
/// @param features  [N, F]
/// @param rows      [N] row numbers, the masks' addresses
/// @return [T, N, classes] on the features' device
[[nodiscard]] at::Tensor mc_log_probabilities(const models::Classifier& net,
                                              const at::Tensor& features,
                                              std::span<const std::int64_t> rows,
                                              const MaskAddress& address, std::int64_t draws);

/// The same with consistent masks: draw t has one mask for all rows, that of row 0 at the address,
/// so that it is the same network for each. [T, N, classes]
[[nodiscard]] at::Tensor mc_log_probabilities_consistent(const models::Classifier& net,
                                                         const at::Tensor& features,
                                                         const MaskAddress& address,
                                                         std::int64_t draws);

/// log (1/T sum_t p(y | x, w_t)): probabilities are averaged, never logits, and none underflows.
/// @param log_probabilities  [T, N, classes]
/// @return [N, classes]
[[nodiscard]] at::Tensor log_mean_probabilities(const at::Tensor& log_probabilities);

}  // namespace af::al

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <vector>

#include "al/device/repeated_work.h"
#include "al/images/resident_images.h"
#include "al/methods/objective.h"
#include "al/models/classifier.h"
#include "al/training/training.h"

namespace af::al {

/// The gradients of a training, batch by batch. What the batches of an epoch take (row numbers,
/// masks, places of the pixels) is drawn on the host and laid out on the device at the epoch's
/// beginning, and a counter there says which batch is next: so a batch is work that the device can
/// record and replay (device/repeated_work.h), and the host waits for none.
class BatchGradients {
 public:
  /// All are kept by reference. The network has to have its weights.
  BatchGradients(methods::Objective& objective, const models::Classifier& net,
                 const ResidentImages& images, const LabelledRows& labelled,
                 const TrainingPlan& plan, const TrainingAddress& address);

  /// @param order   Positions among the labelled rows, as many in every epoch.
  /// @param begins  Where in the order each batch begins, and its end.
  void begin_epoch(std::int64_t epoch, const std::vector<std::int64_t>& order,
                   const std::vector<std::int64_t>& begins);
  /// Puts the gradients of the epoch's next batch into the network's buffer; for the device to do,
  /// not waited for.
  void next();

 private:
  void gradients(std::int64_t size);
  /// What precedes the classifier: worked out as part of the training, or by convolutions that are
  /// not trained, or before.
  [[nodiscard]] at::Tensor represented(const at::Tensor& rows, const at::Tensor& places) const;
  /// Through the head, with the masks of these places.
  [[nodiscard]] at::Tensor logits(const at::Tensor& features, const at::Tensor& places) const;
  [[nodiscard]] at::Tensor batch_images(const at::Tensor& rows, const at::Tensor& places) const;
  [[nodiscard]] at::Tensor factors(std::size_t layer, const at::Tensor& places) const;

  methods::Objective& objective_;
  const models::Classifier& net_;
  const ResidentImages& images_;
  const LabelledRows& labelled_;
  const TrainingPlan& plan_;
  TrainingAddress address_;
  std::vector<std::int64_t> widths_;  ///< Of the layers with dropout.
  at::Tensor rows_;                   ///< [labelled] int64, of the images
  at::Tensor labels_;                 ///< [labelled] int64
  at::Tensor batch_;                  ///< [1] int64, the next batch
  // Of the epoch, each in the same place in all epochs:
  at::Tensor order_;                   ///< [n] int64
  at::Tensor begins_;                  ///< [batches] int64
  std::vector<at::Tensor> mask_bits_;  ///< [n, words] int32 for each layer
  PixelSources sources_;               ///< [n, H] and [n, W], if images are placed
  std::vector<std::int64_t> sizes_;    ///< Of the batches.
  std::size_t done_ = 0;
  std::map<std::int64_t, RepeatedWork> work_of_size_;
};

}  // namespace af::al

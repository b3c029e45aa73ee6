#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace af::al::models {

enum class Mode {
  kTrain,  ///< Batch norm uses and keeps the batch's statistics.
  kEval,   ///< Batch norm uses what it kept.
};

using TensorMap = std::function<at::Tensor(const at::Tensor&)>;

/// The part of a network before its first dropout: for one image and one set of weights it gives
/// one vector of features, whatever is dropped behind it. In two halves:
///   images -> representation   what precedes the classifier, convolutions as a rule
///   representation -> features  layers of the classifier before its first dropout, if it has any
class Backbone {
 public:
  virtual ~Backbone() = default;

  /// @param images  [B, C, H, W] normalised, channels-last.
  /// @return [B, R]
  [[nodiscard]] virtual at::Tensor representation(const at::Tensor& images, Mode mode) const = 0;
  /// What the classifier's first layer reads of representations [B, R]: [B, I]. The representation
  /// itself unless the network pools it first.
  [[nodiscard]] virtual at::Tensor classifier_input(const at::Tensor& representation) const {
    return representation;
  }
  /// The first dropout's input of representations [B, R]: [B, F].
  [[nodiscard]] virtual at::Tensor features(const at::Tensor& representation) const {
    return representation;
  }

  /// `representation` in eval mode with everything that depends on the weights alone worked out
  /// once. Agrees with it to rounding; invalid once the weights change.
  [[nodiscard]] virtual TensorMap frozen_representation() const = 0;
  /// The same of `features`.
  [[nodiscard]] virtual TensorMap frozen_features() const {
    return [](const at::Tensor& representation) { return representation; };
  }

  [[nodiscard]] virtual std::int64_t classifier_input_count() const = 0;  ///< I
  [[nodiscard]] virtual std::int64_t feature_count() const = 0;           ///< F
};

}  // namespace af::al::models

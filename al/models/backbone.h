#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace af::al::models {

enum class Mode {
  kTrain,  ///< Batch norm uses and keeps the batch's statistics.
  kEval,   ///< Batch norm uses what it kept.
};

/// The part of a network before its first dropout: for one image and one set of weights it gives
/// one vector of features, whatever is dropped behind it.
class Backbone {
 public:
  virtual ~Backbone() = default;

  /// @param images  [B, C, H, W] normalised, channels-last.
  /// @return [B, F]
  [[nodiscard]] virtual at::Tensor features(const at::Tensor& images, Mode mode) const = 0;
  /// `features` in eval mode with everything that depends on the weights alone worked out once.
  /// Agrees with it to rounding; invalid once the weights change.
  [[nodiscard]] virtual std::function<at::Tensor(const at::Tensor&)> frozen() const = 0;
  [[nodiscard]] virtual std::int64_t feature_count() const = 0;  ///< F
};

}  // namespace af::al::models

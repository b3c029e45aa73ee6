#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

#include "al/models/linear_layer.h"

namespace af::al::models {

/// The part of a network from its first dropout on: dropout, linear, ReLU, dropout, linear; or
/// without a hidden layer dropout, linear.
class DropoutHead {
 public:
  DropoutHead(std::optional<LinearLayer> hidden, LinearLayer classes);

  /// @param features  [R, F], already dropped out
  /// @param factors   [R, H] masks of the hidden layer, 0 or 2; [R, 0] if there is none
  /// @return logits [R, classes]
  [[nodiscard]] at::Tensor logits(const at::Tensor& features, const at::Tensor& factors) const;
  /// The same of several draws from the masks' bits (dropout_masks.h), all rows of draw 0 first.
  /// Large hidden layers go through dropped_layer.h where it has them.
  /// @param features      [N, F] float32
  /// @param feature_bits  [draws * N, F / 32], where `mc_mask_bits` left them
  /// @param hidden_bits   [draws * N, H / 32]; [draws * N, 0] without a hidden layer
  /// @return logits [draws * N, classes]
  [[nodiscard]] at::Tensor draw_logits(const at::Tensor& features, const at::Tensor& feature_bits,
                                       const at::Tensor& hidden_bits) const;
  /// The hidden layer of features [..., F] as they are: [..., H]; without one the features.
  [[nodiscard]] at::Tensor hidden(const at::Tensor& features) const;
  /// The last layer of hidden units [..., H] as they are: logits [..., classes].
  [[nodiscard]] at::Tensor class_logits(const at::Tensor& hidden) const;

  [[nodiscard]] std::int64_t feature_count() const {  ///< F
    return (hidden_ ? *hidden_ : classes_).weight.size(1);
  }
  /// H; 0 without a hidden layer.
  [[nodiscard]] std::int64_t hidden_count() const { return hidden_ ? hidden_->weight.size(0) : 0; }
  [[nodiscard]] std::int64_t class_count() const { return classes_.weight.size(0); }

 private:
  std::optional<LinearLayer> hidden_;
  LinearLayer classes_;
};

}  // namespace af::al::models

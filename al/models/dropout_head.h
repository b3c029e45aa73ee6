#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "al/parameter_store.h"

namespace af::al::models {

/// What the weights and the biases of a linear layer start from.
struct LinearStart {
  Start weight;
  Start bias;

  static LinearStart kaiming(std::int64_t fan_in) {
    return {Start::kaiming(fan_in), Start::kaiming(fan_in)};
  }
};

/// The part of a network from its first dropout on: dropout, linear, ReLU, dropout, linear.
class DropoutHead {
 public:
  DropoutHead(ParameterStore& store, std::int64_t features, std::int64_t hidden,
              std::int64_t classes, LinearStart hidden_start, LinearStart class_start);

  /// @param features  [R, F], already dropped out
  /// @param factors   [R, H] masks of the hidden layer, 0 or 2
  /// @return logits [R, classes]
  [[nodiscard]] at::Tensor logits(const at::Tensor& features, const at::Tensor& factors) const;
  /// The hidden layer of features [..., F] as they are: [..., H].
  [[nodiscard]] at::Tensor hidden(const at::Tensor& features) const;
  /// The last layer of hidden units [..., H] as they are: logits [..., classes].
  [[nodiscard]] at::Tensor class_logits(const at::Tensor& hidden) const;

  [[nodiscard]] std::int64_t feature_count() const { return hidden_weight_.size(1); }  ///< F
  [[nodiscard]] std::int64_t hidden_count() const { return hidden_weight_.size(0); }   ///< H
  [[nodiscard]] std::int64_t class_count() const { return class_weight_.size(0); }

 private:
  at::Tensor hidden_weight_;  ///< [H, F]
  at::Tensor hidden_bias_;
  at::Tensor class_weight_;  ///< [classes, H]
  at::Tensor class_bias_;
};

}  // namespace af::al::models

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "al/models/linear_layer.h"

namespace af::al::models {

/// Predicts the group attribute from what the classifier's first layer reads, in the shape of
/// VGG-16's classifier: linear to A units, ReLU, dropout, linear to A, ReLU, dropout, linear to the
/// groups. With VGG-16 A is 4,096 as in the reference; with other networks it is the width of their
/// head's hidden layer, or of its input if it has none. Weights and biases start as PyTorch's
/// linear layers do. Source: Branchaud-Charron et al. 2021 (arXiv:2104.06879) and its published
/// code.
class AdversaryHead {
 public:
  AdversaryHead(LinearLayer first, LinearLayer second, LinearLayer groups);

  /// @param inputs   [B, inputs]
  /// @param factors  [B, A] masks of either hidden layer, 0 or 2
  /// @return logits [B, groups]
  [[nodiscard]] at::Tensor logits(const at::Tensor& inputs, const at::Tensor& first_factors,
                                  const at::Tensor& second_factors) const;

  [[nodiscard]] std::int64_t unit_count() const { return first_.weight.size(0); }  ///< A
  [[nodiscard]] std::int64_t group_count() const { return groups_.weight.size(0); }

 private:
  LinearLayer first_;
  LinearLayer second_;
  LinearLayer groups_;
};

/// How the names of its parameters begin.
inline constexpr const char* kAdversaryPrefix = "adversary.";

/// A new head of the store, its layers named adversary.0, .3 and .6.
[[nodiscard]] std::unique_ptr<AdversaryHead> make_adversary(ParameterStore& store,
                                                            std::int64_t inputs, std::int64_t units,
                                                            std::int64_t groups);

}  // namespace af::al::models

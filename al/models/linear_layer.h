#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "al/models/parameter_store.h"

namespace af::al::models {

/// What the weights and the biases of a linear layer start from.
struct LinearStart {
  Start weight;
  Start bias;

  static LinearStart kaiming(std::int64_t fan_in) {
    return {Start::kaiming(fan_in), Start::kaiming(fan_in)};
  }
};

/// y = weight x + bias.
struct LinearLayer {
  at::Tensor weight;  ///< [out, in]
  at::Tensor bias;    ///< [out]

  /// A new layer of the store: NAME.weight and NAME.bias.
  [[nodiscard]] static LinearLayer added_to(ParameterStore& store, const std::string& name,
                                            std::int64_t in, std::int64_t out,
                                            const LinearStart& start);
  /// @param x  [..., in]
  /// @return [..., out]
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
};

}  // namespace af::al::models

#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

namespace af::al::weights {

/// Tensors by name, as a file of weights holds them: on the CPU, of any type and strides.
using NamedTensors = std::map<std::string, at::Tensor>;

}  // namespace af::al::weights

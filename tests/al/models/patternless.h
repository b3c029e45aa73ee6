#pragma once

#include <ATen/ATen.h>

namespace af::test {

/// Values without a pattern in [-1, 1], double, the same everywhere.
inline at::Tensor patternless(at::IntArrayRef shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return at::arange(count, at::kDouble).remainder(9973).mul(12.9898).sin().view(shape);
}

}  // namespace af::test

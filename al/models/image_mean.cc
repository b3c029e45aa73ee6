#include "al/models/image_mean.h"

#include <ATen/ATen.h>

namespace af::al::models {

at::Tensor image_mean(const at::Tensor& maps) {
  return maps.permute({0, 2, 3, 1}).flatten(1, 2).mean(1);
}

}  // namespace af::al::models

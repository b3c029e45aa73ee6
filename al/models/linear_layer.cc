#include "al/models/linear_layer.h"

#include <ATen/ATen.h>

namespace af::al::models {

LinearLayer LinearLayer::added_to(ParameterStore& store, const std::string& name, std::int64_t in,
                                  std::int64_t out, const LinearStart& start) {
  at::Tensor weight = store.add(name + ".weight", {out, in}, start.weight);
  return {std::move(weight), store.add(name + ".bias", {out}, start.bias)};
}

at::Tensor LinearLayer::operator()(const at::Tensor& x) const {
  return at::linear(x, weight, bias);
}

}  // namespace af::al::models

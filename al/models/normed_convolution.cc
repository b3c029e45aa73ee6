#include "al/models/normed_convolution.h"

#include <ATen/ATen.h>

namespace af::al::models {
namespace {

constexpr double kMomentum = .1;
constexpr double kEpsilon = 1e-5;

}  // namespace

at::Tensor Convolution::operator()(const at::Tensor& x) const {
  const std::int64_t padding = weight.size(2) / 2;
  return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding});
}

NormedConvolution NormedConvolution::added_to(ParameterStore& store, const std::string& convolution,
                                              const std::string& norm, const Shape& shape,
                                              Start start) {
  const auto [in, out, kernel, stride] = shape;
  return {.weight = store.add(convolution + ".weight", {out, in, kernel, kernel}, start),
          .scale = store.add(norm + ".weight", {out}, Start::constant(1)),
          .shift = store.add(norm + ".bias", {out}, Start::constant(0)),
          .running_mean = store.add_state(norm + ".running_mean", out, 0),
          .running_variance = store.add_state(norm + ".running_var", out, 1),
          .stride = stride};
}

at::Tensor NormedConvolution::operator()(const at::Tensor& x, Mode mode) const {
  const at::Tensor maps = Convolution{weight, {}, stride}(x);
  return at::batch_norm(maps, scale, shift, running_mean, running_variance, mode == Mode::kTrain,
                        kMomentum, kEpsilon, /*cudnn_enabled=*/true);
}

Convolution NormedConvolution::folded() const {
  const at::Tensor factor = scale * (running_variance + kEpsilon).rsqrt();
  return {weight * factor.view({-1, 1, 1, 1}), shift - running_mean * factor, stride};
}

}  // namespace af::al::models

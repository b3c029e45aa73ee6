#include "al/models/small_cnn.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace af::al::models {
namespace {

constexpr double kMomentum = .1;
constexpr double kEpsilon = 1e-5;
constexpr std::int64_t kHidden = 128;

struct Layer {
  std::int64_t in;
  std::int64_t out;
  std::int64_t kernel;
  std::int64_t stride;
};

at::Tensor convolved(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                     std::int64_t stride) {
  const std::int64_t padding = weight.size(2) / 2;
  return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding});
}

/// Mean over the image, [B, C]. Through channels-last views its gradient stays channels-last; that
/// of a mean over dimensions 2 and 3 does not, and made the last block's backward pass ten times
/// as slow.
at::Tensor image_mean(const at::Tensor& x) { return x.permute({0, 2, 3, 1}).flatten(1, 2).mean(1); }

}  // namespace

SmallCnn::SmallCnn(ParameterStore& store, std::int64_t channels) {
  const std::array<Layer, 5> layers{
      {{channels, 16, 5, 2}, {16, 32, 3, 2}, {32, 32, 3, 1}, {32, 32, 3, 1}, {32, 32, 3, 1}}};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto [in, out, kernel, stride] = layers[i];
    const std::string norm = fmt::format("features.{}.norm", i);
    blocks_[i] = {
        .stride = stride,
        .weight = store.add(fmt::format("features.{}.conv.weight", i), {out, in, kernel, kernel},
                            Start::kaiming(in * kernel * kernel)),
        .scale = store.add(norm + ".weight", {out}, Start::constant(1)),
        .shift = store.add(norm + ".bias", {out}, Start::constant(0)),
        .running_mean = store.add_state(norm + ".running_mean", out, 0),
        .running_variance = store.add_state(norm + ".running_var", out, 1)};
  }
}

at::Tensor SmallCnn::representation(const at::Tensor& images, Mode mode) const {
  at::Tensor x = images;
  for (const Block& block : blocks_) {
    x = convolved(x, block.weight, {}, block.stride);
    x = at::batch_norm(x, block.scale, block.shift, block.running_mean, block.running_variance,
                       mode == Mode::kTrain, kMomentum, kEpsilon, /*cudnn_enabled=*/true)
            .relu_();
  }
  return image_mean(x);
}

TensorMap SmallCnn::frozen_representation() const {
  struct Folded {
    std::int64_t stride;
    at::Tensor weight;
    at::Tensor bias;
  };
  std::vector<Folded> folded;
  for (const Block& block : blocks_) {
    // (w * x - mean) / sqrt(var + eps) * scale + shift, as one convolution with a bias.
    const at::Tensor factor = block.scale * (block.running_variance + kEpsilon).rsqrt();
    folded.push_back({block.stride, block.weight * factor.view({-1, 1, 1, 1}),
                      block.shift - block.running_mean * factor});
  }
  return [folded](const at::Tensor& images) {
    at::Tensor x = images;
    for (const Folded& layer : folded) {
      x = convolved(x, layer.weight, layer.bias, layer.stride).relu_();
    }
    return image_mean(x);
  };
}

std::unique_ptr<Classifier> make_small_cnn(const ImageShape& shape, std::int64_t classes,
                                           at::Device device) {
  auto net = std::make_unique<Classifier>(device);
  auto backbone = std::make_unique<SmallCnn>(net->parameters, shape.channels);
  const std::int64_t features = backbone->feature_count();
  net->backbone = std::move(backbone);
  auto hidden = LinearLayer::added_to(net->parameters, "classifier.1", features, kHidden,
                                      LinearStart::kaiming(features));
  auto last = LinearLayer::added_to(net->parameters, "classifier.4", kHidden, classes,
                                    LinearStart::kaiming(kHidden));
  net->head = std::make_unique<DropoutHead>(std::move(hidden), std::move(last));
  return net;
}

}  // namespace af::al::models

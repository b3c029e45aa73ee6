#include "al/models/resnet18.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>

#include "al/models/image_mean.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kStemChannels = 64;
constexpr std::array<std::int64_t, 4> kStages{64, 128, 256, 512};
constexpr int kBlocksPerStage = 2;
constexpr const char* kLastLayer = "fc";

NormedConvolution layer(ParameterStore& store, const std::string& convolution,
                        const std::string& norm, const NormedConvolution::Shape& shape) {
  const std::int64_t fan_out = shape.out * shape.kernel * shape.kernel;
  return NormedConvolution::added_to(store, convolution, norm, shape,
                                     Start::uniform(2 / static_cast<double>(fan_out)));
}

ResNet18::Block<NormedConvolution> block(ParameterStore& store, const std::string& name,
                                         std::int64_t in, std::int64_t out, std::int64_t stride) {
  auto first = layer(store, name + ".conv1", name + ".bn1", {in, out, 3, stride});
  auto second = layer(store, name + ".conv2", name + ".bn2", {out, out, 3, 1});
  std::optional<NormedConvolution> shortcut;
  if (in != out) {
    shortcut = layer(store, name + ".downsample.0", name + ".downsample.1", {in, out, 1, stride});
  }
  return {std::move(first), std::move(second), std::move(shortcut)};
}

/// The network's course through its layers, each called by `apply(layer, x)`.
template <class Layer, class Apply>
at::Tensor through(const Layer& stem, const std::vector<ResNet18::Block<Layer>>& blocks,
                   const at::Tensor& images, Apply apply) {
  at::Tensor x = at::max_pool2d(apply(stem, images).relu_(), {3, 3}, {2, 2}, {1, 1});
  for (const ResNet18::Block<Layer>& block : blocks) {
    const at::Tensor inside = apply(block.second, apply(block.first, x).relu_());
    x = (inside + (block.shortcut ? apply(*block.shortcut, x) : x)).relu_();
  }
  return image_mean(x);
}

}  // namespace

ResNet18::ResNet18(ParameterStore& store, std::int64_t channels)
    : stem_(layer(store, "conv1", "bn1", {channels, kStemChannels, 7, 2})) {
  std::int64_t in = kStemChannels;
  for (std::size_t stage = 0; stage < kStages.size(); ++stage) {
    for (int i = 0; i < kBlocksPerStage; ++i) {
      const std::int64_t stride = stage > 0 && i == 0 ? 2 : 1;
      blocks_.push_back(
          block(store, fmt::format("layer{}.{}", stage + 1, i), in, kStages[stage], stride));
      in = kStages[stage];
    }
  }
}

at::Tensor ResNet18::representation(const at::Tensor& images, Mode mode) const {
  return through(stem_, blocks_, images, [mode](const NormedConvolution& one, const at::Tensor& x) {
    return one(x, mode);
  });
}

TensorMap ResNet18::frozen_representation() const {
  std::vector<Block<Convolution>> folded;
  for (const Block<NormedConvolution>& block : blocks_) {
    folded.push_back({block.first.folded(), block.second.folded(), std::nullopt});
    if (block.shortcut) folded.back().shortcut = block.shortcut->folded();
  }
  return [stem = stem_.folded(), folded](const at::Tensor& images) {
    return through(stem, folded, images,
                   [](const Convolution& one, const at::Tensor& x) { return one(x); });
  };
}

std::unique_ptr<Classifier> make_resnet18(const ImageShape& shape, std::int64_t classes,
                                          at::Device device) {
  auto net = std::make_unique<Classifier>(device);
  auto backbone = std::make_unique<ResNet18>(net->parameters, shape.channels);
  net->parameters.end_features();
  const std::int64_t features = backbone->feature_count();
  net->backbone = std::move(backbone);
  net->head = std::make_unique<DropoutHead>(
      std::nullopt, LinearLayer::added_to(net->parameters, kLastLayer, features, classes,
                                          LinearStart::kaiming(features)));
  net->last_layer = kLastLayer;
  return net;
}

}  // namespace af::al::models

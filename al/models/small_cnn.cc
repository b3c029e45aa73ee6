#include "al/models/small_cnn.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <vector>

#include "al/models/image_mean.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kHidden = 128;
constexpr const char* kLastLayer = "classifier.4";

}  // namespace

SmallCnn::SmallCnn(ParameterStore& store, std::int64_t channels) {
  const std::array<NormedConvolution::Shape, 5> shapes{
      {{channels, 16, 5, 2}, {16, 32, 3, 2}, {32, 32, 3, 1}, {32, 32, 3, 1}, {32, 32, 3, 1}}};
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const NormedConvolution::Shape& shape = shapes[i];
    blocks_[i] = NormedConvolution::added_to(
        store, fmt::format("features.{}.conv", i), fmt::format("features.{}.norm", i), shape,
        Start::kaiming(shape.in * shape.kernel * shape.kernel));
  }
}

at::Tensor SmallCnn::representation(const at::Tensor& images, Mode mode) const {
  at::Tensor x = images;
  for (const NormedConvolution& block : blocks_) x = block(x, mode).relu_();
  return image_mean(x);
}

TensorMap SmallCnn::frozen_representation() const {
  std::vector<Convolution> folded;
  for (const NormedConvolution& block : blocks_) folded.push_back(block.folded());
  return [folded](const at::Tensor& images) {
    at::Tensor x = images;
    for (const Convolution& layer : folded) x = layer(x).relu_();
    return image_mean(x);
  };
}

std::unique_ptr<Classifier> make_small_cnn(const ImageShape& shape, std::int64_t classes,
                                           at::Device device) {
  auto net = std::make_unique<Classifier>(device);
  auto backbone = std::make_unique<SmallCnn>(net->parameters, shape.channels);
  net->parameters.end_features();
  const std::int64_t features = backbone->feature_count();
  net->backbone = std::move(backbone);
  auto hidden = LinearLayer::added_to(net->parameters, "classifier.1", features, kHidden,
                                      LinearStart::kaiming(features));
  auto last = LinearLayer::added_to(net->parameters, kLastLayer, kHidden, classes,
                                    LinearStart::kaiming(kHidden));
  net->head = std::make_unique<DropoutHead>(std::move(hidden), std::move(last));
  net->last_layer = kLastLayer;
  return net;
}

}  // namespace af::al::models

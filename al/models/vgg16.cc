#include "al/models/vgg16.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "al/models/block_product.h"
#include "al/models/paged_tensor.h"
#include "al/models/pooling_kernel.h"
#include "al/models/winograd_convolution.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kMaps = 512;
constexpr std::int64_t kUnits = 4096;
constexpr std::int64_t kShrinking = 32;  ///< Five poolings by 2.
constexpr std::int64_t kPooling = 0;
constexpr const char* kLastLayer = "classifier.6";
/// Layers with fewer maps have large maps and few weights: as many images a thread go through them
/// at once as leave the maps in the cache. Through the others go all, for their weights' sake.
constexpr std::int64_t kManyMaps = 512;
constexpr std::int64_t kCachedImages = 8;
constexpr std::array<std::int64_t, 18> kLayers{64,  64,       kPooling, 128,      128, kPooling,
                                               256, 256,      256,      kPooling, 512, 512,
                                               512, kPooling, 512,      512,      512, kPooling};

LinearStart linear_start() { return {Start::uniform(.01 * .01), Start::constant(0)}; }

/// [7, cells]: row i averages the cells that bin i of adaptive pooling covers.
at::Tensor pooling_matrix(std::int64_t cells, const at::Tensor& like) {
  const at::Tensor unit = at::eye(cells, like.options());
  return at::adaptive_avg_pool1d(unit.unsqueeze(0), {kPoolingGrid}).squeeze(0).t();
}

/// [49, height * width]: what of each cell of a map goes into each cell of its 7x7 grid.
at::Tensor pooling_of_maps(std::int64_t height, std::int64_t width, at::Device device) {
  const at::Tensor like = at::empty({0}, at::kFloat);  // A device without memory cannot pool.
  const at::Tensor rows = pooling_matrix(height, like);
  const at::Tensor columns = pooling_matrix(width, like);
  return at::einsum("iy,jx->ijyx", {rows, columns})
      .reshape({kPoolingGrid * kPoolingGrid, -1})
      .to(device);
}

}  // namespace

Vgg16::Vgg16(ParameterStore& store, const ImageShape& shape)
    : map_height_(shape.height / kShrinking),
      map_width_(shape.width / kShrinking),
      pooling_(pooling_of_maps(map_height_, map_width_, store.device())) {
  std::int64_t in = shape.channels;
  std::int64_t number = 0;  // In torchvision's list of layers, where each ReLU and pooling counts.
  for (const std::int64_t out : kLayers) {
    if (out == kPooling) {
      convolutions_.back().pooled = true;
      ++number;
      continue;
    }
    const std::string name = fmt::format("features.{}", number);
    const double fan_out = static_cast<double>(out * 9);
    const at::Tensor weight =
        store.add(name + ".weight", {out, in, 3, 3}, Start::uniform(2 / fan_out));
    convolutions_.push_back({weight, store.add(name + ".bias", {out}, Start::constant(0)), false});
    in = out;
    number += 2;
  }
  store.end_features();
  fc1_ = LinearLayer::added_to(store, "classifier.0", classifier_input_count(), kUnits,
                               linear_start());
}

at::Tensor Vgg16::representation(const at::Tensor& images, Mode /*mode*/) const {
  at::Tensor x = images;
  for (const Layer& layer : convolutions_) {
    x = at::conv2d(x, layer.weight, layer.bias, {1, 1}, {1, 1}).relu_();
    if (layer.pooled) x = at::max_pool2d(x, {2, 2});
  }
  // Maps first, as the weights of fc1 are numbered, whatever the memory format.
  return x.contiguous().flatten(1);
}

at::Tensor Vgg16::classifier_input(const at::Tensor& representation) const {
  // As a product: CUDA's adaptive pooling adds up its gradient in another order each time.
  const at::Tensor maps = representation.view({-1, kMaps, map_height_ * map_width_});
  return maps.matmul(pooling_.t()).flatten(1);
}

at::Tensor Vgg16::features(const at::Tensor& representation) const {
  return fc1_(classifier_input(representation)).relu_();
}

TensorMap Vgg16::frozen_representation() const {
  const bool bfloat16 = at::autocast::is_autocast_enabled(at::kCPU);
  // Winograd's filtering in float32 beats sums of bfloat16 products, but for those made in tiles.
  if (!fc1_.weight.is_cpu() || !multiplies_blocks() ||
      (bfloat16 && multiplies_bfloat16_in_tiles())) {
    return [this](const at::Tensor& images) { return representation(images, Mode::kEval); };
  }
  std::vector<WinogradConvolution> shallow;
  std::vector<WinogradConvolution> deep;
  for (const Layer& layer : convolutions_) {
    (layer.weight.size(0) < kManyMaps ? shallow : deep)
        .emplace_back(layer.weight, layer.bias, layer.pooled);
  }
  return [shallow, deep](const at::Tensor& images) {
    std::vector<at::Tensor> parts;
    for (const at::Tensor& some : images.split(kCachedImages * at::get_num_threads())) {
      at::Tensor x = some;
      for (const WinogradConvolution& layer : shallow) x = layer(x);
      parts.push_back(x);
    }
    at::Tensor x = at::cat(parts);
    for (const WinogradConvolution& layer : deep) x = layer(x);
    return x.contiguous().flatten(1);
  };
}

TensorMap Vgg16::frozen_features() const {
  if (map_height_ >= kPoolingGrid || map_width_ >= kPoolingGrid) {
    return [this](const at::Tensor& representation) { return features(representation); };
  }
  const LinearLayer folded{folded_weight(), fc1_.bias};
  return [folded](const at::Tensor& representation) { return folded(representation).relu_(); };
}

at::Tensor Vgg16::folded_weight() const {
  if (!fc1_.weight.is_cpu() || map_height_ != map_width_) {
    const c10::impl::ExcludeDispatchKeyGuard in_float32(c10::autocast_dispatch_keyset);
    const at::Tensor by_map = fc1_.weight.reshape({-1, kPoolingGrid * kPoolingGrid});
    return by_map.matmul(pooling_).reshape({kUnits, -1});
  }
  const std::int64_t side = map_width_;
  const at::Tensor weight = fc1_.weight.contiguous();
  at::Tensor folded = paged_tensor({kUnits, kMaps * side * side}, at::kFloat);
  const float* from = weight.const_data_ptr<float>();
  float* to = folded.mutable_data_ptr<float>();
  at::parallel_for(0, kUnits, 1, [=](std::int64_t begin, std::int64_t end) {
    fold_pooling(from + begin * kMaps * kPoolingGrid * kPoolingGrid, (end - begin) * kMaps, side,
                 to + begin * kMaps * side * side);
  });
  return folded;
}

std::unique_ptr<Classifier> make_vgg16(const ImageShape& shape, std::int64_t classes,
                                       at::Device device) {
  auto net = std::make_unique<Classifier>(device);
  net->backbone = std::make_unique<Vgg16>(net->parameters, shape);
  auto fc2 = LinearLayer::added_to(net->parameters, "classifier.3", kUnits, kUnits, linear_start());
  auto fc3 = LinearLayer::added_to(net->parameters, kLastLayer, kUnits, classes, linear_start());
  net->head = std::make_unique<DropoutHead>(std::move(fc2), std::move(fc3));
  net->last_layer = kLastLayer;
  return net;
}

}  // namespace af::al::models

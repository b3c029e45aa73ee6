#pragma once

#include <memory>

#include "al/models/backbone.h"
#include "al/models/classifier.h"

namespace af::al::models {

/// VGG-16 with its three-layer classifier (Simonyan and Zisserman 2014, arXiv:1409.1556, column D),
/// adaptive average pooling to 7x7 before it. What lies before the first dropout (the
/// convolutions, the pooling and fc1 with its ReLU) is the backbone with 4,096 features; dropout,
/// fc2, ReLU, dropout and fc3 are the head. The representation is the last maps before the pooling,
/// [512, H / 32, W / 32] flattened.
///
/// Images of 32 pixels or more. Weights start uniform with the variances of the usual recipe
/// (2 / fan_out for convolutions, .01^2 for linear layers), biases at 0.
class Vgg16 final : public Backbone {
 public:
  Vgg16(ParameterStore& store, const ImageShape& shape);

  [[nodiscard]] at::Tensor representation(const at::Tensor& images, Mode mode) const override;
  /// Pooled to 7x7: 25,088 values.
  [[nodiscard]] at::Tensor classifier_input(const at::Tensor& representation) const override;
  [[nodiscard]] at::Tensor features(const at::Tensor& representation) const override;
  /// By Winograd's filtering (winograd_convolution.h) on a CPU with AVX-512; in float32 even where
  /// the precision is bfloat16, unless the processor multiplies that in tiles.
  [[nodiscard]] TensorMap frozen_representation() const override;
  /// Pooling to 7x7 a map smaller than that only repeats and averages its cells, so it folds into
  /// the weights of fc1 exactly: at 64x64 pixels 2,048 inputs are left of 25,088.
  [[nodiscard]] TensorMap frozen_features() const override;
  [[nodiscard]] std::int64_t classifier_input_count() const override { return 25'088; }
  [[nodiscard]] std::int64_t feature_count() const override { return 4096; }

 private:
  struct Layer {
    at::Tensor weight;
    at::Tensor bias;
    bool pooled;  ///< Followed by max pooling 2x2.
  };
  /// Of fc1 for the maps before their pooling: [4096, 512 * height * width].
  [[nodiscard]] at::Tensor folded_weight() const;

  std::int64_t map_height_;  ///< Of the last maps: a 32nd of the image.
  std::int64_t map_width_;
  at::Tensor pooling_;  ///< [49, height * width] of the maps, to 7x7.
  std::vector<Layer> convolutions_;
  LinearLayer fc1_;  ///< [4096, 512 * 7 * 7]
};

[[nodiscard]] std::unique_ptr<Classifier> make_vgg16(const ImageShape& shape, std::int64_t classes,
                                                     at::Device device);

}  // namespace af::al::models

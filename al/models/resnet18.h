#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "al/models/backbone.h"
#include "al/models/classifier.h"
#include "al/models/normed_convolution.h"

namespace af::al::models {

/// ResNet-18 (He et al. 2015, arXiv:1512.03385, table 1): conv 7x7 stride 2 to 64 channels, max
/// pooling 3x3 stride 2, four stages of two basic blocks to 64, 128, 256 and 512 channels, mean
/// over the image: 512 features. As published it has no dropout; MC-Dropout needs some, and the
/// head is dropout before the last linear layer, where torchvision's EfficientNet and MobileNetV2
/// have theirs. That place is ours for this network.
///
/// Images of 33 pixels or more, so that the last maps have more than one value a channel and batch
/// norm a variance in a batch of one image. Weights start uniform with the variances of the usual
/// recipe (2 / fan_out), batch norm at 1 and 0.
class ResNet18 final : public Backbone {
 public:
  ResNet18(ParameterStore& store, std::int64_t channels);

  [[nodiscard]] at::Tensor representation(const at::Tensor& images, Mode mode) const override;
  [[nodiscard]] TensorMap frozen_representation() const override;
  [[nodiscard]] std::int64_t classifier_input_count() const override { return 512; }
  [[nodiscard]] std::int64_t feature_count() const override { return 512; }

  /// Two convolutions 3x3 and a shortcut, which is a convolution 1x1 where the shape changes.
  template <class Layer>
  struct Block {
    Layer first;
    Layer second;
    std::optional<Layer> shortcut;
  };

 private:
  NormedConvolution stem_;
  std::vector<Block<NormedConvolution>> blocks_;
};

[[nodiscard]] std::unique_ptr<Classifier> make_resnet18(const ImageShape& shape,
                                                        std::int64_t classes, at::Device device);

}  // namespace af::al::models

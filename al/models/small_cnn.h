#pragma once

#include <array>
#include <memory>

#include "al/models/backbone.h"
#include "al/models/classifier.h"
#include "al/models/normed_convolution.h"

namespace af::al::models {

/// A small convolutional network for images of about 32x32 pixels:
///   conv 5x5 stride 2 to 16 channels, conv 3x3 stride 2 to 32, three times conv 3x3 to 32, each
///   with batch norm (eps 1e-5, momentum .1) and ReLU; mean over the image: 32 features.
/// Its head: dropout, linear to 128, ReLU, dropout, linear to the classes.
class SmallCnn final : public Backbone {
 public:
  SmallCnn(ParameterStore& store, std::int64_t channels);

  [[nodiscard]] at::Tensor representation(const at::Tensor& images, Mode mode) const override;
  [[nodiscard]] TensorMap frozen_representation() const override;
  [[nodiscard]] std::int64_t classifier_input_count() const override { return 32; }
  [[nodiscard]] std::int64_t feature_count() const override { return 32; }

 private:
  std::array<NormedConvolution, 5> blocks_;
};

[[nodiscard]] std::unique_ptr<Classifier> make_small_cnn(const ImageShape& shape,
                                                         std::int64_t classes, at::Device device);

}  // namespace af::al::models

#pragma once

#include <memory>
#include <string>

#include "al/models/classifier.h"

namespace af::al::models {

/// A network by its name in the registry, its values undefined until its parameters are reset.
/// @param shape  Of images that `check_image_size` accepts.
[[nodiscard]] std::unique_ptr<Classifier> make_classifier(const std::string& name,
                                                          const ImageShape& shape,
                                                          std::int64_t classes, at::Device device);

}  // namespace af::al::models

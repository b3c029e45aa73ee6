#pragma once

#include <memory>
#include <string>

#include "al/models/classifier.h"

namespace af::al::models {

/// What a network may be beside what its name says.
struct Extras {
  bool frozen_features = false;       ///< Nothing of the representation is trained.
  std::int64_t adversary_groups = 0;  ///< Groups that an adversary tells apart; 0: no adversary.
};

/// A network by its name in the registry, its values undefined until its parameters are reset.
/// An adversary has its own initial values and leaves those of the others as they are.
/// @param shape  Of images that `check_image_size` accepts.
[[nodiscard]] std::unique_ptr<Classifier> make_classifier(const std::string& name,
                                                          const ImageShape& shape,
                                                          std::int64_t classes, at::Device device,
                                                          const Extras& extras = {});

}  // namespace af::al::models

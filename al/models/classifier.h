#pragma once

#include <memory>
#include <string>

#include "al/models/adversary_head.h"
#include "al/models/backbone.h"
#include "al/models/dropout_head.h"
#include "al/models/parameter_store.h"

namespace af::al::models {

/// Of the images that a network is made for, in pixels.
struct ImageShape {
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::int64_t channels = 0;
};

/// A network cut where its dropout begins, and its parameters.
struct Classifier {
  explicit Classifier(at::Device device) : parameters(device) {}

  ParameterStore parameters;
  std::unique_ptr<Backbone> backbone;
  std::unique_ptr<DropoutHead> head;
  bool frozen_features =
      false;               ///< The representation is not trained, its batch norms least of all.
  bool dropout = true;     ///< Whether training and stochastic passes drop anything.
  std::string last_layer;  ///< Of the head: its parameters are NAME.weight and NAME.bias.
  std::unique_ptr<AdversaryHead> adversary;  ///< Empty unless asked for; beside the head.
};

}  // namespace af::al::models

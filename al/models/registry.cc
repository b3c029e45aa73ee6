#include "al/models/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "al/models/make_classifier.h"
#include "al/models/resnet18.h"
#include "al/models/small_cnn.h"
#include "al/models/vgg16.h"
#include "core/errors.h"

namespace af::al::models {
namespace {

struct Entry {
  const char* name;
  std::int64_t downscale;
  std::int64_t smallest_image;  ///< In pixels.
  bool has_imagenet_weights;
  std::unique_ptr<Classifier> (*make)(const ImageShape&, std::int64_t, at::Device);
};

constexpr std::array kModels{Entry{"resnet18", 1, 33, true, make_resnet18},
                             Entry{"small", 2, 8, false, make_small_cnn},
                             Entry{"vgg16", 1, 32, true, make_vgg16}};

const Entry& entry_of(const std::string& name) {
  const auto found = std::ranges::find(kModels, name, &Entry::name);
  if (found == kModels.end()) throw std::logic_error("no model of that name: " + name);
  return *found;
}

}  // namespace

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kModels) names.emplace_back(entry.name);
  return names;
}

std::int64_t default_downscale(const std::string& name) { return entry_of(name).downscale; }

bool has_imagenet_weights(const std::string& name) { return entry_of(name).has_imagenet_weights; }

void check_image_size(const std::string& name, std::int64_t height, std::int64_t width) {
  const std::int64_t smallest = entry_of(name).smallest_image;
  if (height >= smallest && width >= smallest) return;
  throw InputError(
      fmt::format("images of {}x{} pixels are too small for model {}, expected {} or more", height,
                  width, name, smallest));
}

std::unique_ptr<Classifier> make_classifier(const std::string& name, const ImageShape& shape,
                                            std::int64_t classes, at::Device device,
                                            const Extras& extras) {
  auto net = entry_of(name).make(shape, classes, device);
  if (extras.adversary_groups > 0) {
    const std::int64_t hidden = net->head->hidden_count();
    net->adversary =
        make_adversary(net->parameters, net->backbone->classifier_input_count(),
                       hidden > 0 ? hidden : net->head->feature_count(), extras.adversary_groups);
  }
  net->frozen_features = extras.frozen_features;
  net->parameters.flatten(!extras.frozen_features);
  return net;
}

}  // namespace af::al::models

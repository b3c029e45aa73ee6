#include "al/experiment/given_weights.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "al/experiment/seed_run.h"
#include "al/models/registry.h"
#include "al/weights/initial_weights.h"
#include "al/weights/weights_file.h"
#include "core/sha256.h"

namespace af::al {

std::optional<GivenWeights> read_given_weights(const ExperimentConfig& config,
                                               const ImageTable& train) {
  if (!config.weights) return std::nullopt;
  GivenWeights given{weights::read_weights(*config.weights),
                     {.sha256 = sha256_of_file(*config.weights)}};
  // On this device tensors have a shape and no memory.
  const auto net = new_classifier(config, train, at::kMeta);
  given.provenance.last_layer = weights::start_from(*net, given.tensors, *config.weights);
  return given;
}

std::vector<std::string> weights_notes(const ExperimentConfig& config, const GivenWeights& given,
                                       const ImageTable& train) {
  std::vector<std::string> notes;
  if (!given.provenance.last_layer) {
    notes.push_back(fmt::format(
        "{} has no last layer for {} classes: it starts from the weights that the seed draws",
        *config.weights, train.target.size()));
  }
  if (config.normalisation != Normalisation::kImageNet &&
      models::has_imagenet_weights(config.model)) {
    notes.push_back(fmt::format(
        "images are normalised by '{}': if {} was learnt on ImageNet, it expects --normalisation "
        "imagenet",
        to_text(config.normalisation), *config.weights));
  }
  return notes;
}

}  // namespace af::al

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "al/config/experiment_config.h"
#include "al/images/image_table.h"
#include "al/runs/run_folder.h"
#include "al/weights/named_tensors.h"

namespace af::al {

/// A file of weights that all seeds start from in place of weights of their own.
struct GivenWeights {
  weights::NamedTensors tensors;
  Provenance::Weights provenance;
};

/// The file's tensors, once the network is seen to fit them; empty if the configuration has none.
/// @throws InputError that names the file, and the tensor that does not fit.
[[nodiscard]] std::optional<GivenWeights> read_given_weights(const ExperimentConfig& config,
                                                             const ImageTable& train);

/// Sentences on what may not be meant: a last layer that is drawn after all, images that are not
/// normalised as those that the weights were learnt with.
[[nodiscard]] std::vector<std::string> weights_notes(const ExperimentConfig& config,
                                                     const GivenWeights& given,
                                                     const ImageTable& train);

}  // namespace af::al

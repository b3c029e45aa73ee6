#pragma once

#include <string>
#include <vector>

#include "al/config/experiment_config.h"
#include "al/images/image_table.h"

/// Whether two files can carry the experiment that a configuration asks for.
namespace af::al {

/// @throws ConfigError if the pool is smaller than what is to be labelled of it; InputError if all
///         rows of the training file have one target or one group.
void check_data(const ExperimentConfig& config, const ImageTable& train);

/// Sentences on what the data leave undefined, which stops nothing: a target or group of the
/// training file that no row of the test file has; initial sets without a row of some class.
[[nodiscard]] std::vector<std::string> data_notes(const ExperimentConfig& config,
                                                  const ImageTable& train, const ImageTable& test);

}  // namespace af::al

#pragma once

#include <filesystem>

#include "al/experiment/experiment.h"

namespace af::apps {

/// For people: each heuristic's figures with 95 % intervals over the seeds, paired tests between
/// heuristics, the penalty matrices, the labels that given accuracies took, and where the run is.
void print_table(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder);
/// The same as one JSON object; what is undefined is null, with its reason beside it.
void print_json(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder);
/// On stderr: what training, scoring and testing took, the steps of earlier calls among it.
void print_seconds(const al::ExperimentOutcome& outcome);

}  // namespace af::apps

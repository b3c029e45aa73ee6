#pragma once

#include <filesystem>

#include "al/experiment.h"

namespace af::apps {

/// The heuristics at the last step, mean and deviation over the seeds, and where the run is.
void print_table(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder);
/// The same as one JSON object; what is undefined is null.
void print_json(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder);

}  // namespace af::apps

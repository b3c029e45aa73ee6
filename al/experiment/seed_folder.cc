#include "al/experiment/seed_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "al/methods/registry.h"
#include "al/runs/metrics_file.h"
#include "al/runs/training_file.h"
#include "core/atomic_file.h"
#include "core/errors.h"
#include "core/random.h"

namespace af::al {

namespace fs = std::filesystem;

namespace {

/// Rows that are labelled when a step begins.
std::int64_t labelled_at(const ExperimentConfig& config, std::int64_t step) {
  return std::min(config.budget, config.initial + step * config.query);
}

/// @throws InputError if the rows are not those that so many steps label.
void check_labelled(const ExperimentConfig& config, const ImageTable& train, const SeedRun& run,
                    const fs::path& file) {
  const auto refuse = [&](const std::string& what) {
    throw InputError(fmt::format("{} is damaged: {}", file.string(), what));
  };
  const auto done = static_cast<std::int64_t>(run.metrics.size());
  const std::int64_t expected = labelled_at(config, std::min(done, step_count(config) - 1));
  if (static_cast<std::int64_t>(run.labelled.size()) != expected) {
    refuse(fmt::format("{} rows up to step {}, expected {}", run.labelled.size(), done, expected));
  }
  const auto initial =
      initial_set(train.rows, config.initial, static_cast<std::uint64_t>(run.seed));
  if (!std::ranges::equal(initial, run.labelled | std::views::take(config.initial))) {
    refuse(fmt::format("it does not begin with the initial set of seed {}", run.seed));
  }
  std::set<std::int64_t> rows;
  for (std::int64_t i = 0; i < expected; ++i) {
    const LabelledRow& row = run.labelled[static_cast<std::size_t>(i)];
    if (i >= labelled_at(config, row.step) ||
        (row.step > 0 && i < labelled_at(config, row.step - 1))) {
      refuse(fmt::format("row {} is out of the order of the steps", row.row));
    }
    if (!rows.insert(row.row).second) refuse(fmt::format("row {} is there twice", row.row));
  }
}

}  // namespace

std::int64_t step_count(const ExperimentConfig& config) {
  return 1 + (config.budget - config.initial + config.query - 1) / config.query;
}

std::vector<LabelledRow> initial_set(std::int64_t rows, std::int64_t count, std::uint64_t seed) {
  Stream stream(seed, Purpose::kInitialSet, 0);
  const auto order = permutation(static_cast<std::uint32_t>(rows), stream);
  std::vector<LabelledRow> labelled;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    labelled.push_back({.step = 0, .row = order[i], .score = std::nullopt});
  }
  return labelled;
}

SeedRun open_seed_run(const ExperimentConfig& config, const ImageTable& train,
                      const std::string& heuristic, std::int64_t seed, const fs::path& folder,
                      const std::string& metrics_header) {
  SeedRun run{.heuristic = heuristic,
              .seed = seed,
              .folder = folder,
              .labelled = {},
              .metrics = {},
              .training = {},
              .kept = {}};
  const fs::path labelled = folder / kLabelledName;
  if (!fs::exists(labelled) && !fs::exists(folder / kMetricsName)) {
    run.labelled = initial_set(train.rows, config.initial, static_cast<std::uint64_t>(seed));
    write_file(labelled, labelled_text(run.labelled, train), true);
    return run;
  }
  run.metrics =
      read_metrics(folder / kMetricsName, metrics_header, {config.method, heuristic, seed, 0, 0});
  if (static_cast<std::int64_t>(run.metrics.size()) > step_count(config)) {
    throw InputError(fmt::format("{} is damaged: {} steps, expected up to {}",
                                 (folder / kMetricsName).string(), run.metrics.size(),
                                 step_count(config)));
  }
  run.labelled = read_labelled(labelled, train);
  // The last step is done again if what it predicted was lost.
  if (static_cast<std::int64_t>(run.metrics.size()) == step_count(config) &&
      !fs::exists(folder / kPredictionsName)) {
    run.metrics.pop_back();
  }
  const auto done = static_cast<std::int64_t>(run.metrics.size());
  run.training = read_step_lines(folder / kTrainingName, kTrainingHeader, done);
  if (methods::picks_rows(config.method)) {
    run.kept = read_step_lines(folder / kKeptName, kept_header(train), done);
  }
  std::erase_if(run.labelled, [&](const LabelledRow& row) { return row.step > done; });
  check_labelled(config, train, run, labelled);
  return run;
}

}  // namespace af::al

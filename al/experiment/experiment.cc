#include "al/experiment/experiment.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <thread>

#include "al/device/device.h"
#include "al/device/transfer.h"
#include "al/experiment/data_checks.h"
#include "al/experiment/given_weights.h"
#include "al/experiment/seed_folder.h"
#include "al/experiment/seed_run.h"
#include "al/inference/prediction.h"
#include "al/models/registry.h"
#include "al/runs/metrics_file.h"
#include "al/runs/pool_counts.h"
#include "al/runs/run_folder.h"
#include "al/weights/initial_weights.h"
#include "core/atomic_file.h"
#include "core/errors.h"
#include "core/parallel.h"
#include "core/progress.h"

namespace af::al {
namespace {

struct Data {
  ImageTable train;
  ImageTable test;
};

Data read_data(const ExperimentConfig& config) {
  const auto columns =
      ImageColumns{*config.image, config.target, config.group, {config.resize, *config.downscale}};
  Data data{read_image_table(config.train, columns), read_image_table(config.test, columns)};
  match_vocabularies(data.train, data.test);
  check_data(config, data.train);
  models::check_image_size(config.model, data.train.height, data.train.width);
  return data;
}

void print_notes(const ExperimentConfig& config, const Data& data,
                 const std::optional<GivenWeights>& given, const Provenance& provenance) {
  std::vector<std::string> notes = data_notes(config, data.train, data.test);
  if (provenance.train_sha256 == provenance.test_sha256) {
    notes.emplace_back(
        "train and test are the same data: rows that are labelled are tested on, too");
  }
  if (given)
    std::ranges::copy(weights_notes(config, *given, data.train), std::back_inserter(notes));
  for (const std::string& note : notes) fmt::print(stderr, "afal: note: {}\n", note);
}

/// Works out once what all steps of all seeds would: with frozen features it is the same.
void keep_representations(const SharedData& data, std::initializer_list<ResidentImages*> images) {
  const at::Device device = data.pool_images.device();
  const auto net = new_classifier(data.config, data.train, device);
  weights::start_from(*net, *data.start, data.config.weights.value());
  net->parameters.reset(static_cast<std::uint64_t>(data.config.first_seed));
  for (ResidentImages* const one : images) one->keep(representations_of(*net, *one));
  wait_for(device);
}

/// The runs in the order of metrics.csv: by heuristic, then seed.
std::vector<SeedRun> open_runs(const SharedData& data, const RunFolder& folder,
                               RunMetrics& metrics) {
  std::vector<SeedRun> runs;
  const ExperimentConfig& config = data.config;
  for (const std::string& heuristic : config.heuristics) {
    for (std::int64_t seed = config.first_seed; seed < config.first_seed + config.seeds; ++seed) {
      runs.push_back(open_seed_run(config, data.train, heuristic, seed,
                                   folder.seed_folder(heuristic, seed), metrics.header()));
      metrics.load(runs.size() - 1, runs.back().metrics);
    }
  }
  return runs;
}

std::uint64_t steps_left(const ExperimentConfig& config, const std::vector<SeedRun>& runs) {
  std::uint64_t left = 0;
  for (const SeedRun& run : runs) {
    left += static_cast<std::uint64_t>(step_count(config)) - run.metrics.size();
  }
  return left;
}

int default_jobs(const ExperimentConfig& config) {
  if (config.device != "cpu") return 1;  // They would share the one device.
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return std::max(1, cores / static_cast<int>(config.threads));
}

int resolved_jobs(int jobs, const ExperimentConfig& config, std::size_t runs) {
  return std::min(jobs > 0 ? jobs : default_jobs(config), static_cast<int>(runs));
}

/// Seeds before heuristics: early on, all heuristics of the first seeds can be compared.
std::size_t run_of_block(std::uint64_t block, std::size_t heuristics, std::size_t seeds) {
  return static_cast<std::size_t>(block) % heuristics * seeds +
         static_cast<std::size_t>(block) / heuristics;
}

void continue_runs(const SharedData& data, std::vector<SeedRun>& runs, RunMetrics& metrics,
                   const RunControl& control) {
  Progress progress("Experiment", steps_left(data.config, runs), "steps", control.quiet);
  std::atomic<bool> stop = false;
  std::map<std::int64_t, FirstStep> first_steps;  // By seed.
  for (const SeedRun& run : runs) {
    FirstStep& first = first_steps[run.seed];
    if (run.metrics.empty()) first.expect();
  }
  const std::size_t heuristics = data.config.heuristics.size();
  const auto produce = [&](std::uint64_t block, int /*slot*/) {
    const std::size_t index = run_of_block(block, heuristics, runs.size() / heuristics);
    prepare_thread(static_cast<int>(data.config.threads));
    take_stream(data.config.device);
    const auto step_done = [&](const std::string& line) {
      metrics.add(index, line);
      progress.advance();
    };
    try {
      SeedRun& run = runs[index];
      continue_seed_run(data, run, first_steps.at(run.seed), metrics.header(), step_done, stop);
    } catch (...) {
      stop = true;
      throw;
    }
  };
  run_ordered({.blocks = runs.size(),
               .threads = resolved_jobs(control.jobs, data.config, runs.size()),
               .slots = static_cast<int>(runs.size()),
               .produce = produce,
               .consume = {}});
  progress.finish();
}

ExperimentOutcome outcome_of(const SharedData& data, const std::vector<SeedRun>& runs,
                             const std::string& header, const std::vector<double>& targets) {
  const std::vector<bool> minority = minority_rows(data.train);
  ExperimentOutcome outcome;
  outcome.pool_minority_share = static_cast<double>(std::ranges::count(minority, true)) /
                                static_cast<double>(minority.size());
  std::vector<HeuristicResults> results;
  for (const SeedRun& run : runs) {
    if (results.empty() || results.back().heuristic != run.heuristic) {
      results.push_back({run.heuristic, {}});
    }
    results.back().seeds.push_back(
        {learning_curve(header, run.metrics), minority_share(run.labelled, minority)});
    for (const std::string& line : run.metrics) outcome.seconds += seconds_of(line);
  }
  outcome.summary = summarised(results, targets);
  return outcome;
}

ExperimentOutcome run_resolved(const ExperimentConfig& config, const RunControl& control) {
  prepare_thread(static_cast<int>(config.threads));
  allow_tf32(config.tf32);
  const Data data = read_data(config);
  const std::optional<GivenWeights> given = read_given_weights(config, data.train);
  Provenance provenance{sha256_of_table(config.train, *config.image),
                        sha256_of_table(config.test, *config.image),
                        {}};
  if (given) provenance.weights = given->provenance;
  if (!control.quiet) print_notes(config, data, given, provenance);
  const at::Device device(config.device);
  const ChannelStatistics statistics = normalising_statistics(config.normalisation, data.train);
  ResidentImages pool_images(data.train, statistics, device);
  ResidentImages test_images(data.test, statistics, device);
  wait_for(device);  // The threads of the runs do not wait for this one.
  const SharedData shared{.config = config,
                          .train = data.train,
                          .test = data.test,
                          .pool_images = pool_images,
                          .test_images = test_images,
                          .start = given ? &given->tensors : nullptr};
  const RunFolder folder(control.output, config_text(config, provenance), control.force);
  write_file(folder.path() / "pool.csv", pool_counts_text(data.train), true);
  RunMetrics metrics(folder.path() / "metrics.csv",
                     metrics_header(data.test.target, data.test.group),
                     config.heuristics.size() * static_cast<std::size_t>(config.seeds));
  std::vector<SeedRun> runs = open_runs(shared, folder, metrics);
  const bool was_finished = steps_left(config, runs) == 0;
  if (!was_finished && config.freeze == FreezeKind::kFeatures) {
    keep_representations(shared, {&pool_images, &test_images});
  }
  if (!was_finished) continue_runs(shared, runs, metrics, control);
  metrics.write_if_stale();
  ExperimentOutcome outcome = outcome_of(shared, runs, metrics.header(), control.reach);
  outcome.was_finished = was_finished;
  return outcome;
}

}  // namespace

ExperimentOutcome run_experiment(const ExperimentConfig& config, const RunControl& control) {
  for (const double target : control.reach) {
    if (target > 0 && target <= 1) continue;
    throw ConfigError(fmt::format("reach is {}, expected an accuracy above 0 and up to 1", target));
  }
  constexpr int kMostJobs = 1024;
  if (control.jobs < 0 || control.jobs > kMostJobs) {
    throw ConfigError(
        fmt::format("jobs is {}, expected a whole number from 0 to {}", control.jobs, kMostJobs));
  }
  try {
    return run_resolved(resolved(config), control);
  } catch (const c10::Error& error) {
    // Its own text goes on with a stack trace of many lines.
    const std::string message = error.what_without_backtrace();
    throw Error(ExitCode::kUsage, "LibTorch refused: " + message.substr(0, message.find('\n')));
  }
}

}  // namespace af::al

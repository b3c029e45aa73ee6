#include "al/config/experiment_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "al/acquisition/registry.h"
#include "al/device/device.h"
#include "al/images/image_table.h"
#include "al/methods/registry.h"
#include "al/models/registry.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al {
namespace {

constexpr std::int64_t kMany = 1'000'000'000;
constexpr std::int64_t kAddressable = 4095;  ///< Steps and draws have 12 bits in a mask's address.

void check_range(const char* field, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value < low || value > high) {
    throw ConfigError(
        fmt::format("{} is {}, expected an integer from {} to {}", field, value, low, high));
  }
}

void check_above_zero(const char* field, double value) {
  if (std::isfinite(value) && value > 0) return;
  throw ConfigError(fmt::format("{} is {}, expected a finite number above 0", field, value));
}

void check_name(const char* field, const std::string& name, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  throw ConfigError(fmt::format("{} '{}' is unknown{}, expected one of {}", field, name,
                                did_you_mean(name, known), listed(known)));
}

void check_present(const char* field, const std::string& value) {
  if (value.empty()) throw ConfigError(fmt::format("{} is missing, expected a value", field));
}

void check_masks(const std::string& heuristic, bool consistent_masks) {
  if (consistent_masks || !acquisition::needs_of(heuristic).consistent_masks) return;
  throw ConfigError(
      fmt::format("heuristic '{}' compares rows under the same draw of the weights, expected "
                  "consistent_masks (--consistent-masks) with it",
                  heuristic));
}

void check_dropout(const std::string& heuristic, const ExperimentConfig& config) {
  if (config.dropout != DropoutKind::kNone || !acquisition::needs_of(heuristic).dropout) return;
  throw ConfigError(
      fmt::format("heuristic '{}' measures how stochastic passes differ and model '{}' has no "
                  "dropout with --dropout none, expected another heuristic or --dropout model",
                  heuristic, config.model));
}

void check_heuristics(const ExperimentConfig& config) {
  const std::vector<std::string>& heuristics = config.heuristics;
  if (heuristics.empty()) {
    throw ConfigError("heuristics is empty, expected at least one of " +
                      listed(acquisition::heuristic_names()));
  }
  std::set<std::string> seen;
  for (const std::string& name : heuristics) {
    check_name("heuristic", name, acquisition::heuristic_names());
    if (!seen.insert(name).second) {
      throw ConfigError(fmt::format("heuristics names '{}' twice, expected each once", name));
    }
    check_masks(name, config.consistent_masks);
    check_dropout(name, config);
  }
}

void check_names(const ExperimentConfig& config) {
  for (const auto& [field, value] : {std::pair{"train", &config.train},
                                     {"test", &config.test},
                                     {"target", &config.target},
                                     {"group", &config.group}}) {
    check_present(field, *value);
  }
  if (config.image) check_present("image", *config.image);
  if (config.weights) check_present("weights", *config.weights);
  if (config.target == config.group) {
    throw ConfigError(
        fmt::format("group is '{}', expected another column than target", config.group));
  }
  check_name("method", config.method, methods::method_names());
  check_name("model", config.model, models::model_names());
  check_heuristics(config);
}

void check_freeze(const ExperimentConfig& config) {
  if (config.freeze == FreezeKind::kNothing) return;
  if (!config.weights) {
    throw ConfigError(
        "freeze is features and weights is missing, expected a file that they come from "
        "(--weights)");
  }
  if (methods::needs_adversary(config.method)) {
    throw ConfigError(fmt::format(
        "freeze is features, which method '{}' works on, expected another method", config.method));
  }
}

void check_counts(const ExperimentConfig& config) {
  check_range("seeds", config.seeds, 1, 10'000);
  check_range("first_seed", config.first_seed, 0, kMany);
  check_range("initial", config.initial, 1, kMany);
  check_range("query", config.query, 1, kMany);
  check_range("budget", config.budget, config.initial, kMany);
  check_range("draws", config.draws, 1, kAddressable);
  if (config.resize) check_range("resize", *config.resize, kLeastSide, 64 * kLargestSide);
  if (config.downscale) check_range("downscale", *config.downscale, 1, 64);
  check_range("shift", config.augmentation.shift, 0, 64);
  check_range("epochs", config.epochs, 1, 10'000);
  check_range("batch_size", config.batch_size, 1, 65'536);
  check_range("threads", config.threads, 1, 1024);
  if ((config.budget - config.initial) / config.query >= kAddressable) {
    throw ConfigError(
        fmt::format("query is {}, expected at most {} steps from initial {} to budget {}",
                    config.query, kAddressable, config.initial, config.budget));
  }
}

void check_acquisition(const ExperimentConfig& config) {
  const acquisition::HeuristicOptions& options = config.acquisition;
  if (config.pool_size) check_range("pool_size", *config.pool_size, config.query, kMany);
  check_above_zero("coldness", options.coldness);
  check_range("joint_configurations", options.joint_configurations, 1, 10'000'000);
  check_range("joint_memory_mb", options.joint_memory_mb, 1, 1'000'000);
  check_range("target_samples", options.target_samples, 1, kMany);
}

void check_rates(const ExperimentConfig& config) {
  const double rate = config.learning_rate.value_or(1);
  if (!std::isfinite(rate) || rate <= 0) {
    throw ConfigError(fmt::format("learning_rate is {}, expected a finite number above 0", rate));
  }
  if (!std::isfinite(config.weight_decay) || config.weight_decay < 0) {
    throw ConfigError(fmt::format("weight_decay is {}, expected a finite number of at least 0",
                                  config.weight_decay));
  }
}

void check_repair(const methods::RepairOptions& options) {
  check_range("repair_epochs", options.epochs, 1, 1'000'000);
  check_above_zero("repair_learning_rate", options.learning_rate);
  check_above_zero("repair_weight_rate", options.weight_rate);
  if (!(options.threshold >= 0 && options.threshold < 1)) {
    throw ConfigError(fmt::format(
        "repair_threshold is {}, expected a number of at least 0 and below 1", options.threshold));
  }
  if (!(options.keep_ratio > 0 && options.keep_ratio <= 1)) {
    throw ConfigError(fmt::format("repair_keep_ratio is {}, expected a number above 0 and up to 1",
                                  options.keep_ratio));
  }
}

void check_training(const ExperimentConfig& config) {
  check_above_zero("adversary_weight", config.training.adversary_weight);
  check_above_zero("group_dro_step", config.training.group_dro_step);
  check_range("jtt_epochs", config.training.jtt_epochs, 1, 10'000);
  check_range("jtt_upweight", config.training.jtt_upweight, 1, 1000);
  check_repair(config.training.repair);
}

}  // namespace

std::string methods_help() {
  std::vector<std::string> needing;
  std::vector<std::string> others;
  for (const std::string& name : methods::method_names()) {
    (methods::needs_attribute(name) ? needing : others).push_back(name);
  }
  return fmt::format(
      "training method: {}; or, needing the group attribute of the labelled rows: "
      "{}",
      listed(others), listed(needing));
}

std::string heuristics_help() {
  std::vector<std::string> oracles;
  std::vector<std::string> heuristics;
  for (const std::string& name : acquisition::heuristic_names()) {
    (acquisition::needs_of(name).truth ? oracles : heuristics).push_back(name);
  }
  return fmt::format(
      "acquisition heuristics to compare: {}; for comparison, oracles that read "
      "the labels of the pool: {}",
      listed(heuristics), listed(oracles));
}

void ExperimentConfig::validate() const {
  check_names(*this);
  check_freeze(*this);
  check_counts(*this);
  check_acquisition(*this);
  check_training(*this);
  check_rates(*this);
}

ExperimentConfig resolved(ExperimentConfig config) {
  config.validate();
  const bool adamw = config.optimizer == OptimizerKind::kAdamW;
  config.train = std::filesystem::absolute(config.train).lexically_normal();
  config.test = std::filesystem::absolute(config.test).lexically_normal();
  if (config.weights) {
    config.weights = std::filesystem::absolute(*config.weights).lexically_normal();
  }
  if (!config.image) config.image = is_picture_table(config.train) ? "file_name" : "x";
  if (!config.downscale) config.downscale = models::default_downscale(config.model);
  if (!config.learning_rate) config.learning_rate = adamw ? .003 : .001;
  if (config.schedule == ScheduleKind::kAuto) {
    config.schedule = adamw ? ScheduleKind::kOneCycle : ScheduleKind::kConstant;
  }
  config.device = resolved_device_name(config.device);
  if (config.tf32 && config.device == "cpu") {
    throw ConfigError("tf32 is true, expected a CUDA device (--device) with it; this is 'cpu'");
  }
  return config;
}

std::filesystem::path default_output(const ExperimentConfig& config) {
  const std::string stem = std::filesystem::path(config.train).stem().string();
  return std::filesystem::path("runs") / fmt::format("{}-by-{}-{}-{}-{}-seeds-{}-to-{}",
                                                     config.target, config.group,
                                                     fmt::join(config.heuristics, "-"), stem,
                                                     config.seeds, config.initial, config.budget);
}

}  // namespace af::al

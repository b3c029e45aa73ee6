#include "al/experiment/data_checks.h"

#include <fmt/format.h>

#include "al/experiment/seed_folder.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al {
namespace {

/// For each value of the factor whether a row has it.
std::vector<bool> values_present(const Factor& factor) {
  std::vector<bool> present(factor.size());
  for (const std::uint16_t code : factor.codes) present[code] = true;
  return present;
}

void check_varies(const Factor& factor, const ImageTable& train) {
  const std::uint16_t first = factor.codes.front();
  for (const std::uint16_t code : factor.codes) {
    if (code != first) return;
  }
  throw InputError(fmt::format("{}: every row of column '{}' is '{}', expected at least 2 values",
                               train.path.string(), factor.name, factor.vocabulary[first]));
}

void check_pool(const ExperimentConfig& config, const ImageTable& train) {
  const auto at_most = [&](const char* field, std::int64_t value, std::int64_t rows,
                           const std::string& what) {
    if (value <= rows) return;
    throw ConfigError(fmt::format("{} is {}, expected at most {}, the rows of {}{}", field, value,
                                  rows, train.path.string(), what));
  };
  at_most("initial", config.initial, train.rows, "");
  at_most("budget", config.budget, train.rows, "");
  if (config.budget == config.initial) return;  // Nothing is queried.
  at_most("query", config.query, train.rows - config.initial,
          fmt::format(" without the initial {}", config.initial));
}

void note_missing_in_test(const Factor& train, const Factor& test, const ImageTable& file,
                          std::vector<std::string>& notes) {
  const std::vector<bool> in_train = values_present(train);
  const std::vector<bool> in_test = values_present(test);
  for (std::size_t value = 0; value < in_test.size(); ++value) {
    if (!in_train[value] || in_test[value]) continue;
    notes.push_back(
        fmt::format("{} has no row whose {} is '{}': worst group, gaps and whatever else compares "
                    "groups or classes stay undefined",
                    file.path.string(), test.name, test.vocabulary[value]));
  }
}

/// Seeds whose initial set has no row of the class.
std::vector<std::string> seeds_without(const ExperimentConfig& config, const ImageTable& train,
                                       std::uint16_t target) {
  std::vector<std::string> seeds;
  for (std::int64_t seed = config.first_seed; seed < config.first_seed + config.seeds; ++seed) {
    bool found = false;
    for (const LabelledRow& one :
         initial_set(train.rows, config.initial, static_cast<std::uint64_t>(seed))) {
      found |= train.target.codes[static_cast<std::size_t>(one.row)] == target;
    }
    if (!found) seeds.push_back(std::to_string(seed));
  }
  return seeds;
}

}  // namespace

void check_data(const ExperimentConfig& config, const ImageTable& train) {
  check_pool(config, train);
  check_varies(train.target, train);
  check_varies(train.group, train);
}

std::vector<std::string> data_notes(const ExperimentConfig& config, const ImageTable& train,
                                    const ImageTable& test) {
  std::vector<std::string> notes;
  note_missing_in_test(train.target, test.target, test, notes);
  note_missing_in_test(train.group, test.group, test, notes);
  const std::vector<bool> present = values_present(train.target);
  for (std::size_t value = 0; value < present.size(); ++value) {
    if (!present[value]) continue;
    const auto seeds = seeds_without(config, train, static_cast<std::uint16_t>(value));
    if (seeds.empty()) continue;
    notes.push_back(fmt::format(
        "the initial set has no row whose {} is '{}' with seed {}: the first step cannot learn it",
        train.target.name, train.target.vocabulary[value], listed_some(seeds)));
  }
  return notes;
}

}  // namespace af::al

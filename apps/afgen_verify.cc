#include "apps/afgen_verify.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "apps/options.h"
#include "apps/program.h"
#include "core/config.h"
#include "core/dataset_parts.h"
#include "core/dataset_reader.h"
#include "core/errors.h"
#include "synth/row.h"
#include "synth/verify.h"

namespace af::apps {
namespace {

constexpr std::size_t kMostListed = 1000;  ///< Cells, impossible ones among them.

struct Outcome {
  std::uint64_t rows = 0;
  std::optional<DatasetPart> shard;  ///< If the file is one.
  std::uint64_t replayed = 0;
  std::string not_replayed;  ///< Why no row was drawn again; empty if some were.
  std::optional<synth::SplitCounts> splits;
  std::optional<synth::RealisedBias> bias;
};

void check_options(const VerifyControl& control) {
  if (!(control.alpha > 0.0 && control.alpha < 1.0)) {
    throw ConfigError(
        fmt::format("alpha is {}; expected more than 0 and less than 1", control.alpha));
  }
  if (!(control.effect > 0.0 && control.effect <= 10.0)) {
    throw ConfigError(
        fmt::format("effect is {}; expected more than 0 and at most 10", control.effect));
  }
  if (control.replay < 0) {
    throw ConfigError(fmt::format("replay is {}; expected 0 or more", control.replay));
  }
}

Outcome look_at(const VerifyControl& control) {
  check_survivable(control.file);
  const DatasetReader file(control.file);
  synth::check_whole(file);
  Outcome outcome;
  outcome.rows = file.rows();
  if (file.attributes().contains(kShardAttribute)) outcome.shard = part_of(file);
  if (const std::string reason = synth::why_not_replayed(file); !reason.empty()) {
    outcome.not_replayed = reason;
  } else {
    outcome.replayed = synth::check_pixels(file, static_cast<std::uint64_t>(control.replay));
  }
  outcome.splits = synth::split_counts(file);
  outcome.bias = synth::realised_bias(file, control.alpha, control.effect);
  return outcome;
}

/// Of many cells those are not listed that can have no row and have none: a language lacks most of
/// all letters.
bool left_out(const synth::RealisedBias& bias, std::size_t cell) {
  return bias.counts.size() > kMostListed && bias.counts[cell] == 0 && bias.shares[cell] == 0.0;
}

nlohmann::ordered_json cell_json(const synth::RealisedBias& bias, std::size_t cell, double rows) {
  nlohmann::ordered_json object;
  const synth::Levels levels = bias.table.levels_of(cell);
  for (std::size_t f = 0; f < bias.table.factors.size(); ++f) {
    object[bias.table.factors[f].factor] = bias.table.factors[f].levels[levels[f]];
  }
  object["count"] = bias.counts[cell];
  object["share"] = static_cast<double>(bias.counts[cell]) / rows;
  object["configured"] = bias.shares[cell];
  return object;
}

void print_json(const VerifyControl& control, const Outcome& outcome) {
  nlohmann::ordered_json result{{"path", control.file},
                                {"rows", outcome.rows},
                                {"whole", true},
                                {"shard", nullptr},
                                {"rows_drawn_again", outcome.replayed}};
  if (outcome.shard) {
    result["shard"] = {{"number", outcome.shard->shard.number},
                       {"count", outcome.shard->shard.count},
                       {"first_row", outcome.shard->first_row}};
  }
  result["split"] = nullptr;
  if (outcome.splits) {
    result["split"] = {{"rule", outcome.splits->rule}};
    for (std::size_t s = 0; s < synth::kSplits; ++s) {
      result["split"][to_text(static_cast<synth::Split>(s))] = outcome.splits->rows[s];
    }
  }
  result["bias"] = nullptr;
  if (outcome.bias) {
    const synth::RealisedBias& bias = *outcome.bias;
    nlohmann::ordered_json cells = nlohmann::ordered_json::array();
    for (std::size_t c = 0; c < bias.counts.size(); ++c) {
      if (left_out(bias, c)) continue;
      cells.push_back(cell_json(bias, c, static_cast<double>(outcome.rows)));
    }
    // JSON has no infinity: a cell of probability 0 was drawn.
    nlohmann::ordered_json statistic = nullptr;
    if (std::isfinite(bias.test.statistic)) statistic = bias.test.statistic;
    result["bias"] = {{"verdict", synth::verdict(bias)},
                      {"quota", !bias.expected.empty()},
                      {"g", statistic},
                      {"degrees", bias.test.degrees},
                      {"p_value", bias.test.p_value},
                      {"alpha", control.alpha},
                      {"effect", control.effect},
                      {"power", bias.test.power},
                      {"cells", cells}};
  }
  fmt::print("{}\n", result.dump());
}

void print_cells(const synth::RealisedBias& bias, double rows) {
  std::string head;
  for (const synth::ConditionalTable& factor : bias.table.factors) {
    head += fmt::format("{:<14}", factor.factor);
  }
  fmt::print("{}{:>10}{:>10}{:>12}\n", head, "count", "share", "configured");
  for (std::size_t c = 0; c < bias.counts.size(); ++c) {
    if (left_out(bias, c)) continue;
    const synth::Levels levels = bias.table.levels_of(c);
    for (std::size_t f = 0; f < bias.table.factors.size(); ++f) {
      fmt::print("{:<14}", bias.table.factors[f].levels[levels[f]]);
    }
    fmt::print("{:>10}{:>10.4f}{:>12.4f}\n", bias.counts[c],
               static_cast<double>(bias.counts[c]) / rows, bias.shares[c]);
  }
}

void print_text(const VerifyControl& control, const Outcome& outcome) {
  const std::string shard = outcome.shard
                                ? fmt::format(" from row {} on, shard {}", outcome.shard->first_row,
                                              outcome.shard->shard.text())
                                : "";
  fmt::print("{} is whole: {} rows{}; {}\n", control.file, outcome.rows, shard,
             outcome.not_replayed.empty()
                 ? fmt::format("{} drawn again, all the same", outcome.replayed)
                 : "none drawn again, since " + outcome.not_replayed);
  if (outcome.splits) {
    const auto& rows = outcome.splits->rows;
    fmt::print("{} rows are for training, {} for validation and {} for test, each as {} says.\n",
               rows[0], rows[1], rows[2], outcome.splits->rule);
  }
  if (!outcome.bias) {
    fmt::print("It was made from listed rows: there is no configured bias to compare with.\n");
    return;
  }
  const synth::RealisedBias& bias = *outcome.bias;
  print_cells(bias, static_cast<double>(outcome.rows));
  if (!bias.expected.empty()) {
    fmt::print("The bias is {}: every cell was to have an exact count.\n", synth::verdict(bias));
    return;
  }
  if (bias.as_configured && bias.test.degrees == 0) {
    fmt::print("There is no bias to test: one cell, or too few rows for two.\n");
    return;
  }
  fmt::print(
      "The bias is {}: {} at alpha {:g}; a deviation of w = {:g} would be found with a chance of "
      "{:.4f}.\n",
      synth::verdict(bias), synth::words_of(bias.test), control.alpha, control.effect,
      bias.test.power);
}

}  // namespace

const CLI::App* bind_verify(CLI::App& app, VerifyControl& control) {
  CLI::App* command =
      app.add_subcommand("verify", "Is a data set whole, and is its bias what it says?");
  command->add_option("file", control.file, "Data set file")->required();
  command->add_option("--alpha", control.alpha, "Chance to call a true bias a wrong one")
      ->capture_default_str();
  command->add_option("--effect", control.effect, "Deviation (Cohen's w) that the power is about")
      ->capture_default_str();
  command->add_option("--replay", control.replay, "Rows to draw again from their columns")
      ->capture_default_str();
  command->add_flag("--json", control.json, "The result as one JSON object");
  app.require_subcommand(0, 1);
  command->callback([&app, command] { refuse_options_before(app, *command); });
  return command;
}

int run_verify(const VerifyControl& control) {
  check_options(control);
  const Outcome outcome = look_at(control);
  if (control.json) {
    print_json(control, outcome);
  } else {
    print_text(control, outcome);
  }
  const bool as_configured = !outcome.bias || outcome.bias->as_configured;
  return static_cast<int>(as_configured ? ExitCode::kDone : ExitCode::kGateFailed);
}

}  // namespace af::apps

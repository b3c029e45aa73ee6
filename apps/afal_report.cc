#include "apps/afal_report.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace af::apps {
namespace {

using al::HeuristicSummary;
using al::SeedStatistic;

constexpr std::array kColumns{
    std::pair{"accuracy", &HeuristicSummary::accuracy},
    std::pair{"worst_group_accuracy", &HeuristicSummary::worst_group_accuracy},
    std::pair{"group_gap", &HeuristicSummary::group_gap},
    std::pair{"minority_share", &HeuristicSummary::minority_share}};

std::string cell(const SeedStatistic& statistic) {
  if (!statistic.mean) return "undefined";
  if (!statistic.deviation) return fmt::format("{:.3f}", *statistic.mean);
  return fmt::format("{:.3f} +- {:.3f}", *statistic.mean, *statistic.deviation);
}

nlohmann::ordered_json json_of(const std::optional<double>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

void print_table(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder) {
  fmt::print("{:<12} {:>8}", "heuristic", "labelled");
  for (const auto& [name, member] : kColumns) fmt::print("  {:>20}", name);
  fmt::print("\n");
  for (const HeuristicSummary& summary : outcome.heuristics) {
    fmt::print("{:<12} {:>8}", summary.heuristic, summary.labelled);
    for (const auto& [name, member] : kColumns) fmt::print("  {:>20}", cell(summary.*member));
    fmt::print("\n");
  }
  fmt::print("Mean +- standard deviation over the seeds; minority share of the pool: {:.3f}.\n",
             outcome.pool_minority_share);
  if (outcome.was_finished) fmt::print("The run was finished already; nothing was done.\n");
  fmt::print("{}\n", folder.string());
}

void print_json(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder) {
  nlohmann::ordered_json result;
  result["run"] = folder.string();
  result["was_finished"] = outcome.was_finished;
  result["pool_minority_share"] = outcome.pool_minority_share;
  result["heuristics"] = nlohmann::ordered_json::array();
  for (const HeuristicSummary& summary : outcome.heuristics) {
    nlohmann::ordered_json one{{"heuristic", summary.heuristic}, {"labelled", summary.labelled}};
    for (const auto& [name, member] : kColumns) {
      const SeedStatistic& statistic = summary.*member;
      one[name] = {{"mean", json_of(statistic.mean)}, {"deviation", json_of(statistic.deviation)}};
    }
    result["heuristics"].push_back(one);
  }
  fmt::print("{}\n", result.dump(2));
}

}  // namespace af::apps

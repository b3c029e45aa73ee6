#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "apps/afal_report.h"

namespace af::apps {
namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json json_of(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json json_of(const al::SeedStatistic& statistic) {
  ordered_json json{{"mean", json_of(statistic.mean)},
                    {"deviation", json_of(statistic.deviation)},
                    {"low", json_of(statistic.low)},
                    {"high", json_of(statistic.high)}};
  if (!statistic.reason.empty()) json["reason"] = statistic.reason;
  return json;
}

ordered_json json_of(const al::PairedTest& test) {
  ordered_json json{{"difference", json_of(test.difference)},
                    {"t", json_of(test.t)},
                    {"p", json_of(test.p)},
                    {"p_holm", json_of(test.p_holm)}};
  if (!test.reason.empty()) json["reason"] = test.reason;
  return json;
}

ordered_json json_of(const al::HeuristicSummary& summary) {
  const std::vector<std::string> names = al::summary_metrics();
  ordered_json json{{"heuristic", summary.heuristic}, {"labelled", summary.labelled}};
  for (std::size_t i = 0; i < names.size(); ++i) json[names[i]] = json_of(summary.statistics[i]);
  json["labels_to_reach"] = ordered_json::array();
  for (const al::Reach& reach : summary.reach) {
    json["labels_to_reach"].push_back({{"accuracy", reach.accuracy},
                                       {"seeds_reached", reach.seeds_reached},
                                       {"median_labels", json_of(reach.median_labels)}});
  }
  return json;
}

ordered_json json_of(const al::HeuristicPair& pair) {
  const std::vector<std::string> names = al::summary_metrics();
  ordered_json json{{"first", pair.first}, {"second", pair.second}};
  for (std::size_t i = 0; i < names.size(); ++i) json[names[i]] = json_of(pair.tests[i]);
  return json;
}

/// {"bald": {"random": share, ...}, ...}, or null where the matrix is undefined.
ordered_json json_of(const al::PenaltyMatrix& matrix, const al::RunSummary& summary) {
  if (matrix.empty()) return nullptr;
  ordered_json json = ordered_json::object();
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      if (i == j) continue;
      json[summary.heuristics[i].heuristic][summary.heuristics[j].heuristic] = matrix[i][j];
    }
  }
  return json;
}

}  // namespace

void print_json(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder) {
  const al::RunSummary& summary = outcome.summary;
  ordered_json result{{"run", folder.string()},
                      {"was_finished", outcome.was_finished},
                      {"seeds", summary.seeds},
                      {"pool_minority_share", outcome.pool_minority_share}};
  result["heuristics"] = ordered_json::array();
  for (const al::HeuristicSummary& one : summary.heuristics) {
    result["heuristics"].push_back(json_of(one));
  }
  result["paired_tests"] = ordered_json::array();
  for (const al::HeuristicPair& pair : summary.pairs) {
    result["paired_tests"].push_back(json_of(pair));
  }
  result["penalties"] = {{"accuracy", json_of(summary.accuracy_penalties, summary)},
                         {"worst_group_accuracy", json_of(summary.worst_group_penalties, summary)}};
  fmt::print("{}\n", result.dump(2));
}

}  // namespace af::apps

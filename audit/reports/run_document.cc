#include "audit/reports/run_document.h"

#include <fmt/format.h>

#include "audit/reports/group_tables.h"
#include "audit/reports/run_comparison_report.h"
#include "audit/reports/run_drift_report.h"

namespace af::audit {
namespace {

Json summary_json(const Summary& summary) {
  Json result = estimate_json(summary.estimate);
  if (summary.n == 0) return result;
  result["sd"] = summary.n > 1 ? Json(summary.sd) : Json(nullptr);
  result["min"] = summary.min;
  result["max"] = summary.max;
  return result;
}

/// Appends each entry with heuristic and seed in front.
void append_keyed(Json& to, const std::string& heuristic, std::uint64_t seed, const Json& entries) {
  for (const Json& entry : entries) {
    Json keyed = {{"heuristic", heuristic}, {"seed", seed}};
    for (const auto& [name, value] : entry.items()) add_member(keyed, name.c_str(), value);
    to.push_back(std::move(keyed));
  }
}

Json step_json(const RunFolder& run, const RunAudit& audit, const HeuristicAudit& heuristic,
               std::size_t step) {
  const ContingencyTable empty(run.factors);
  Json cells = Json::array();
  for (std::size_t cell = 0; cell < heuristic.counts.size(); ++cell) {
    Json entry = cell_json(empty, cell);
    add_member(entry, "count", summary_json(heuristic.counts[cell].steps[step]));
    add_member(entry, "expected", run.pool ? Json(expected_rows(run, step, cell)) : Json(nullptr));
    cells.push_back(std::move(entry));
  }
  Json metrics = Json::object();
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    metrics[run.metrics[m]] = summary_json(heuristic.metrics[m].steps[step]);
  }
  const bool has_pool = run.pool.has_value();
  return {{"heuristic", heuristic.name},
          {"step", run.steps[step]},
          {"labelled", run.labelled[step]},
          {"cells", cells},
          {"minority_share", summary_json(heuristic.minority_share.steps[step])},
          {"total_variation",
           has_pool ? summary_json(heuristic.total_variation.steps[step]) : Json(nullptr)},
          {"total_variation_at_random",
           has_pool ? Json(audit.total_variation_at_random[step]) : Json(nullptr)},
          {"metrics", metrics}};
}

Json minority_json(const RunFolder& run, const RunAudit& audit) {
  const ContingencyTable empty(run.factors);
  Json list = Json::array();
  for (std::size_t cell = 0; cell < audit.minority.size(); ++cell) {
    if (audit.minority[cell]) list.push_back(cell_json(empty, cell));
  }
  return list;
}

Json pool_json(const RunFolder& run, IntervalMethod method) {
  return run.pool ? counts_json(*run.pool, cell_shares(*run.pool, method)) : Json(nullptr);
}

}  // namespace

Json run_document(const RunFolder& run, const RunAudit& audit, IntervalMethod method) {
  Json counts = Json::array();
  Json by_group = Json::array();
  Json disparities = Json::object();
  Json steps = Json::array();
  std::uint64_t rows = 0;
  for (std::size_t h = 0; h < run.heuristics.size(); ++h) {
    const HeuristicRecord& record = run.heuristics[h];
    const HeuristicAudit& heuristic = audit.heuristics[h];
    for (std::size_t s = 0; s < record.seeds.size(); ++s) {
      const ContingencyTable& last = record.seeds[s].labelled.back();
      rows += last.total();
      append_keyed(counts, record.name, record.seeds[s].seed,
                   counts_json(last, cell_shares(last, method)));
      append_keyed(by_group, record.name, record.seeds[s].seed,
                   by_group_json(heuristic.predictions[s].frame));
    }
    for (const RunDisparity& one : heuristic.disparities) {
      disparities[record.name + "/" + one.name] = summary_json(one.summary);
    }
    for (std::size_t step = 0; step < run.steps.size(); ++step) {
      steps.push_back(step_json(run, audit, heuristic, step));
    }
  }
  return {{"kind", "run"},
          {"source", run.path.string()},
          {"rows", rows},
          {"counts", counts},
          {"by_group", by_group},
          {"disparities", disparities},
          {"minority", minority_json(run, audit)},
          {"pool", pool_json(run, method)},
          {"steps", steps},
          {"drift", drift_json(run, audit)},
          {"comparisons", comparisons_json(run, audit)},
          {"penalties", penalties_json(run, audit)}};
}

}  // namespace af::audit

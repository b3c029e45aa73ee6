#include "audit/run_tables.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "audit/run_charts.h"

namespace af::audit {
namespace {

struct ShownMetric {
  const char* name;
  const char* title;
};

constexpr std::array kShownMetrics{
    ShownMetric{"accuracy", "accuracy"}, ShownMetric{"worst_group_accuracy", "worst group"},
    ShownMetric{"group_gap", "gap"}, ShownMetric{"nll", "test loss"}};

/// A mean alone; the last step's table has the intervals.
Field mean_of(const Summary& summary) {
  return summary.estimate.value ? Field(summary.mean) : Field(summary.estimate);
}

/// A mean with the ends of the band that the page draws.
Field with_band(const Summary& summary) {
  Estimate shown = summary.estimate;
  if (const auto ends = band(summary)) {
    shown.low = ends->low;
    shown.high = ends->high;
  }
  return shown;
}

std::string spread_title(const RunAudit& audit) {
  return audit.heuristics.front().predictions.size() < kSeedsForInterval ? "smallest, largest"
                                                                         : "95 % interval";
}

bool is_named_disparity(std::string_view name) {
  constexpr std::array kNames{"demographic_parity_", "equalized_odds_", "equal_opportunity_",
                              "accuracy_"};
  return std::ranges::any_of(kNames, [&](const char* start) { return name.starts_with(start); });
}

Exhibit steps_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{.title = "Step by step",
                  .says =
                      "Means over the seeds. Minority: share of the labelled rows in cells "
                      "with less than an even share of their class.",
                  .table = {.columns = {"heuristic", "step", "labelled", "minority"}, .rows = {}},
                  .chart = {},
                  .shown = Shown::kText};
  for (const ShownMetric& metric : kShownMetrics) {
    if (run.metric(metric.name)) exhibit.table.columns.emplace_back(metric.title);
  }
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    for (std::size_t s = 0; s < run.steps.size(); ++s) {
      auto& row = exhibit.table.rows.emplace_back();
      row = {heuristic.name, run.steps[s], run.labelled[s],
             mean_of(heuristic.minority_share.steps[s])};
      for (const ShownMetric& metric : kShownMetrics) {
        if (const auto at = run.metric(metric.name)) {
          row.push_back(mean_of(heuristic.metrics[*at].steps[s]));
        }
      }
    }
  }
  return exhibit;
}

Exhibit last_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{
      .title = "Last step",
      .says = "Mean over the seeds.",
      .table = {.columns = {"at the last step"}, .rows = {}, .interval_title = spread_title(audit)},
      .chart = {}};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.columns.push_back(heuristic.name);
  }
  const auto add = [&](const std::string& title, auto curve) {
    auto& row = exhibit.table.rows.emplace_back();
    row.emplace_back(title);
    for (const HeuristicAudit& heuristic : audit.heuristics) {
      row.push_back(with_band(curve(heuristic).steps.back()));
    }
  };
  for (const ShownMetric& metric : kShownMetrics) {
    const auto at = run.metric(metric.name);
    if (at) add(metric.title, [&](const HeuristicAudit& h) { return h.metrics[*at]; });
  }
  add("minority share", [](const HeuristicAudit& h) { return h.minority_share; });
  return exhibit;
}

Exhibit cells_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{.title = "Labelled rows by cell at the last step",
                  .says =
                      "Mean count over the seeds; expected is the count if labelled at random "
                      "from the pool.",
                  .table = {.columns = {}, .rows = {}, .interval_title = spread_title(audit)},
                  .chart = {}};
  const ContingencyTable cells(run.factors);
  for (const Factor& factor : run.factors) exhibit.table.columns.push_back(factor.name);
  exhibit.table.columns.emplace_back("in the pool");
  if (run.pool) exhibit.table.columns.emplace_back("expected");
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.columns.push_back(heuristic.name);
  }
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    auto& row = exhibit.table.rows.emplace_back();
    const std::vector<std::size_t> codes = cells.codes(cell);
    for (std::size_t f = 0; f < codes.size(); ++f) {
      row.emplace_back(run.factors[f].values[codes[f]]);
    }
    row.emplace_back(std::string(audit.minority[cell] ? "minority" : "majority"));
    if (run.pool) {
      row.emplace_back(static_cast<double>(run.labelled.back()) *
                       static_cast<double>(run.pool->count(cell)) /
                       static_cast<double>(run.pool->total()));
    }
    for (const HeuristicAudit& heuristic : audit.heuristics) {
      row.push_back(with_band(heuristic.counts[cell].steps.back()));
    }
  }
  return exhibit;
}

Exhibit disparities_exhibit(const RunAudit& audit) {
  Exhibit exhibit{
      .title = "Disparities of the test predictions",
      .says =
          "Last step, mean over the seeds; undefined if it is for any seed. The JSON "
          "form has those of every metric.",
      .table = {.columns = {"between groups"}, .rows = {}, .interval_title = spread_title(audit)},
      .chart = {}};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.columns.push_back(heuristic.name);
  }
  for (std::size_t d = 0; d < audit.heuristics.front().disparities.size(); ++d) {
    const std::string& name = audit.heuristics.front().disparities[d].name;
    if (!is_named_disparity(name)) continue;
    auto& row = exhibit.table.rows.emplace_back();
    row.emplace_back(name);
    for (const HeuristicAudit& heuristic : audit.heuristics) {
      row.push_back(with_band(heuristic.disparities[d].summary));
    }
  }
  return exhibit;
}

}  // namespace

void add_run_tables(Report& report, const RunFolder& run, const RunAudit& audit) {
  report.exhibits.push_back(steps_exhibit(run, audit));
  report.exhibits.push_back(last_exhibit(run, audit));
  report.exhibits.push_back(cells_exhibit(run, audit));
  report.exhibits.push_back(disparities_exhibit(audit));
}

}  // namespace af::audit

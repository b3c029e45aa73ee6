#include "audit/reports/run_tables.h"

#include "audit/reports/last_step_report.h"
#include "audit/reports/run_comparison_report.h"
#include "audit/reports/run_drift_report.h"

namespace af::audit {
namespace {

/// A mean alone; the last step's table has the intervals.
Field mean_of(const Summary& summary) {
  return summary.estimate.value ? Field(summary.mean) : Field(summary.estimate);
}

Exhibit steps_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{
      .title = "Step by step",
      .says =
          "Means over the seeds. Minority: share of the labelled rows in cells "
          "with less than an even share of their class. Drift: total variation from "
          "the pool, beside what labelling at random gives on average.",
      .table = {.columns = {"heuristic", "step", "labelled", "minority"}, .rows = {}, .keys = 2},
      .chart = {},
      .shown = Shown::kText};
  if (run.pool) exhibit.table.columns.insert(exhibit.table.columns.end(), {"drift", "at random"});
  for (const ShownMetric& metric : kShownMetrics) {
    if (run.metric(metric.name)) exhibit.table.columns.emplace_back(metric.title);
  }
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    for (std::size_t s = 0; s < run.steps.size(); ++s) {
      auto& row = exhibit.table.rows.emplace_back();
      row = {heuristic.name, run.steps[s], run.labelled[s],
             mean_of(heuristic.minority_share.steps[s])};
      if (run.pool) {
        row.push_back(mean_of(heuristic.total_variation.steps[s]));
        row.emplace_back(audit.total_variation_at_random[s]);
      }
      for (const ShownMetric& metric : kShownMetrics) {
        if (const auto at = run.metric(metric.name)) {
          row.push_back(mean_of(heuristic.metrics[*at].steps[s]));
        }
      }
    }
  }
  return exhibit;
}

}  // namespace

void add_run_tables(Report& report, const RunFolder& run, const RunAudit& audit) {
  report.exhibits.push_back(steps_exhibit(run, audit));
  add_last_step(report, run, audit);
  add_first_drift(report, run, audit);
  add_comparisons(report, run, audit);
  add_run_disparities(report, audit);
}

}  // namespace af::audit

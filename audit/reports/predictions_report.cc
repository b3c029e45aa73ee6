#include "audit/reports/predictions_report.h"

#include <fmt/format.h>

#include "audit/charts/charts.h"
#include "audit/reports/group_tables.h"
#include "audit/reports/json_document.h"
#include "core/text.h"

namespace af::audit {
namespace {

Exhibit groups_exhibit(const MetricFrame& frame, const std::vector<Estimate>& shares) {
  Exhibit exhibit{
      .title = "Rows by group",
      .says = "Share of all rows with its 95 % Wilson interval.",
      .table = {.columns = {factor_names(frame.groups.factors()), "count", "share"}, .rows = {}},
      .chart = cells_chart(frame.groups, shares)};
  for (std::size_t g = 0; g < frame.groups.cells(); ++g) {
    exhibit.table.rows.push_back({cell_values(frame.groups, g), frame.groups.count(g), shares[g]});
  }
  return exhibit;
}

nlohmann::json metrics_chart(const MetricFrame& frame) {
  std::vector<ForestRow> lines;
  std::vector<std::string> groups;
  for (std::size_t g = 0; g < frame.groups.cells(); ++g) {
    groups.push_back(cell_values(frame.groups, g));
  }
  for (const GroupMetric& metric : frame.metrics) {
    if (metric.name == "count" || metric.name == "zero_one_loss") continue;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      lines.push_back({.panel = metric.name,
                       .line = groups[g],
                       .colour = groups[g],
                       .estimate = metric.by_group[g].estimate});
    }
  }
  return forest_chart(lines, {.axis = "",
                              .lines = factor_names(frame.groups.factors()),
                              .colours = groups,
                              .reference = {}});
}

std::string positive_words(const PredictionAudit& audit) {
  if (audit.positive) return *audit.positive;
  return fmt::format("none named: each of {} against the rest", listed(audit.classes));
}

}  // namespace

Report predictions_report(const PredictionAudit& audit, const std::string& source) {
  const std::vector<Estimate> shares = cell_shares(audit.frame.groups);
  Report report{.title = "Predictions in " + source,
                .facts = {{"Input", source},
                          {"Rows", fmt::format("{}", audit.frame.groups.total())},
                          {"Classes", listed(audit.classes)},
                          {"Positive class", positive_words(audit)}},
                .exhibits = {groups_exhibit(audit.frame, shares)},
                .document = {}};
  report.exhibits.push_back(
      {.title = "Metrics by group",
       .says = "Proportions with their 95 % Wilson intervals, other metrics with BCa bootstrap "
               "intervals; a rate without rows in its denominator is undefined.",
       .table = metrics_table(audit.frame),
       .chart = metrics_chart(audit.frame)});
  report.exhibits.push_back(
      {.title = "Disparities between groups",
       .says = "Largest minus smallest value over the groups, with Newcombe's 95 % interval for "
               "these two groups if they are proportions, and smallest over largest; to_overall: "
               "against the value of all rows. Other intervals are 95 % BCa bootstrap intervals. "
               "Undefined if any group's value is.",
       .table = disparities_table(audit.disparities),
       .chart = {}});
  report.document = {{"kind", "predictions"},
                     {"source", source},
                     {"rows", audit.frame.groups.total()},
                     {"classes", audit.classes},
                     {"positive", audit.positive ? Json(*audit.positive) : Json(nullptr)},
                     {"counts", counts_json(audit.frame.groups, shares)},
                     {"overall", overall_json(audit.frame)},
                     {"by_group", by_group_json(audit.frame)},
                     {"disparities", disparities_json(audit.disparities)}};
  return report;
}

}  // namespace af::audit

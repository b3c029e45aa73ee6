#include "audit/reports/predictions_report.h"

#include <fmt/format.h>

#include "audit/charts/cells_chart.h"
#include "audit/reports/findings.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/group_tables.h"
#include "audit/reports/json_document.h"
#include "audit/reports/shown_numbers.h"
#include "core/text.h"

namespace af::audit {
namespace {

Exhibit groups_exhibit(const MetricFrame& frame, const std::vector<Estimate>& shares) {
  Exhibit exhibit{.title = "Rows by group",
                  .says = "Share of all rows with its 95 % Wilson interval.",
                  .table = {.columns = {factor_names(frame.groups.factors()), "count"}, .rows = {}},
                  .chart = cells_chart(frame.groups, shares),
                  .finding = cells_sentence(frame.groups, "groups")};
  const bool weighted = frame.groups.weighted();
  if (weighted) exhibit.table.columns.emplace_back("weight");
  exhibit.table.columns.emplace_back("share");
  for (std::size_t g = 0; g < frame.groups.cells(); ++g) {
    auto& row = exhibit.table.rows.emplace_back();
    row = {cell_values(frame.groups, g), frame.groups.count(g)};
    if (weighted) row.emplace_back(frame.groups.rows(g).weight);
    row.emplace_back(shares[g]);
  }
  return exhibit;
}

/// What tells of a model's errors, without what another of them says already: recall is
/// true_positive_rate, and true_negative_rate is what is left of false_positive_rate.
std::vector<std::string> drawn_metrics(const PredictionAudit& audit) {
  std::vector<std::string> names{"accuracy",
                                 "balanced_accuracy",
                                 "selection_rate",
                                 "true_positive_rate",
                                 "false_positive_rate",
                                 "precision",
                                 "f1",
                                 "macro_precision",
                                 "macro_recall",
                                 "macro_f1"};
  if (!audit.positive) {
    for (const std::string& one : audit.classes) names.push_back("recall[" + one + "]");
  }
  names.insert(names.end(), {"roc_auc", "log_loss", "expected_calibration_error", "mean_score",
                             "theil_index", "generalized_entropy_index"});
  return names;
}

/// The accuracy, and the rate that sets the groups apart most.
std::string metrics_finding(const MetricFrame& frame) {
  std::string sentence;
  std::string widest;
  double width = 0;
  for (const GroupMetric& metric : frame.metrics) {
    if (!metric.overall.proportion || metric.name == "zero_one_loss") continue;
    const std::vector<Named> values = by_group(frame, metric);
    const std::string range = range_sentence(metric.name, values);
    if (metric.name == "accuracy") {
      sentence = range;
    } else if (spread(values) > width) {
      width = spread(values);
      widest = range;
    }
  }
  return widest.empty() ? sentence : sentence + " The rate that differs most: " + widest;
}

std::string disparities_finding(const std::vector<Disparity>& disparities) {
  std::string words;
  for (const Disparity& one : disparities) {
    if (one.name != "demographic_parity_difference" && one.name != "equalized_odds_difference" &&
        one.name != "accuracy_difference") {
      continue;
    }
    words +=
        fmt::format("{}{} {}", words.empty() ? "" : ", ", one.name, shown_estimate(one.estimate));
  }
  return words.empty() ? "" : words + ".";
}

Exhibit disparities_exhibit(const PredictionAudit& audit) {
  return {
      .title = "Disparities between groups",
      .says =
          "Largest minus smallest value over the groups, with Newcombe's 95 % interval for "
          "these two groups if they are proportions, and smallest over largest; to_overall: "
          "against the value of all rows. F1 and balanced accuracy are compared by MOVER, other "
          "metrics by 95 % BCa bootstrap intervals. Undefined if any group's value is.",
      .table = disparities_table(audit.disparities),
      .chart = disparities_chart(audit.disparities),
      .marks = "Hollow: without an interval; dashed: groups alike.",
      .finding = disparities_finding(audit.disparities)};
}

Exhibit metrics_exhibit(const PredictionAudit& audit) {
  return {
      .title = "Metrics by group",
      .says =
          "Proportions and F1 with their 95 % Wilson intervals, balanced accuracy with MOVER's, "
          "other metrics with BCa bootstrap intervals; a rate without rows in its denominator is "
          "undefined.",
      .table = metrics_table(audit.frame),
      .chart = metrics_chart(audit.frame, drawn_metrics(audit)),
      .marks =
          "Hollow: without an interval; dashed: all rows. Left out is what others say already, as "
          "recall." +
          drawn_words(audit.frame.groups),
      .finding = metrics_finding(audit.frame)};
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
                .exhibits = {disparities_exhibit(audit), metrics_exhibit(audit),
                             groups_exhibit(audit.frame, shares)},
                .document = {}};
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

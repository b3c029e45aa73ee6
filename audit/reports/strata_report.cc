#include "audit/reports/strata_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "audit/charts/calibration_chart.h"
#include "audit/charts/colours.h"
#include "audit/charts/forest_chart.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/group_tables.h"
#include "audit/reports/json_document.h"
#include "audit/reports/shown_numbers.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// The disparity of this name among one stratum's; empty if it has none.
const Disparity* find(const Stratum& stratum, const std::string& name) {
  const auto& all = stratum.disparities;
  const auto found = std::ranges::find(all, name, &Disparity::name);
  return found == all.end() ? nullptr : &*found;
}

/// The disparity's name inside a stratum: without "conditional_".
std::string plain_name(const Disparity& conditional) {
  return conditional.name.substr(conditional.name.find('_') + 1);
}

/// A panel for each disparity, a line for each stratum.
nlohmann::json strata_chart(const StrataAudit& audit) {
  if (audit.strata.size() > kMaxDrawnGroups) return nullptr;
  std::vector<ForestPanel> panels;
  std::vector<std::string> values;
  for (const Stratum& stratum : audit.strata) values.push_back(stratum.value);
  for (const Disparity& worst : audit.disparities) {
    const std::string name = plain_name(worst);
    if (find(audit.strata.front(), name) == nullptr || panels.size() == kMaxDrawnPanels) continue;
    const bool ratio = name.ends_with("_ratio");
    ForestPanel& panel = panels.emplace_back(
        ForestPanel{.title = name, .lines = {}, .reference = ratio ? 1.0 : 0.0, .is_share = false});
    for (const Stratum& stratum : audit.strata) {
      panel.lines.push_back({.label = stratum.value,
                             .colour = stratum.value,
                             .estimate = find(stratum, name)->estimate});
    }
  }
  if (panels.empty()) return nullptr;
  return forest_chart(panels,
                      {.axis = "", .lines = audit.column, .colours = labelled_colours(values)});
}

/// The worst of the first disparities over the strata.
std::string strata_finding(const StrataAudit& audit) {
  std::vector<std::string> parts;
  for (const Disparity& worst : audit.disparities) {
    if (!worst.name.ends_with("_difference") || parts.size() == 2) continue;
    parts.push_back(fmt::format("{} {}", plain_name(worst), shown_estimate(worst.estimate)));
  }
  return parts.empty() ? "" : fmt::format("At worst: {}.", fmt::join(parts, ", "));
}

/// The range of scores whose positive share is farthest from its mean score.
std::string calibration_finding(const ScoreAudit& audit) {
  const CalibrationBin* farthest = nullptr;
  const auto gap = [](const CalibrationBin& bin) {
    return std::abs(*bin.positives.value - *bin.mean_score.value);
  };
  for (const CalibrationBin& bin : audit.calibration) {
    if (bin.rows == 0) continue;
    const double mean = *bin.mean_score.value;
    if (*bin.positives.low <= mean && mean <= *bin.positives.high) continue;
    if (farthest == nullptr || gap(bin) > gap(*farthest)) farthest = &bin;
  }
  if (farthest == nullptr) return "Every interval holds its mean score.";
  return fmt::format(
      "Farthest off, of the intervals without their mean score: {} with scores of {:.1f} to "
      "{:.1f}, mean score {}, share positive {}.",
      printable(cell_values(audit.frame.groups, farthest->group), 80), farthest->from, farthest->to,
      shown_number(*farthest->mean_score.value), shown_number(*farthest->positives.value));
}

nlohmann::json chart_of_calibration(const ScoreAudit& audit) {
  if (audit.frame.groups.cells() > kMaxDrawnPanels) return nullptr;
  std::vector<CalibrationPoint> points;
  for (const CalibrationBin& bin : audit.calibration) {
    if (bin.rows == 0) continue;
    points.push_back({.group = cell_values(audit.frame.groups, bin.group),
                      .mean_score = *bin.mean_score.value,
                      .positive = bin.positives});
  }
  return calibration_chart(points);
}

}  // namespace

void add_strata(Report& report, const StrataAudit& audit) {
  Exhibit exhibit{
      .title = "Groups compared inside each " + audit.column,
      .says = fmt::format("Named disparities among the rows of each {}, and over all of them: the "
                          "worst, and the mean of the differences weighted by rows.",
                          audit.column),
      .table = {.columns = {audit.column, "rows", "disparity", "value"}, .rows = {}},
      .chart = strata_chart(audit),
      .marks = "Hollow: without an interval; dashed: groups alike.",
      .finding = strata_finding(audit)};
  Json strata = Json::array();
  for (const Stratum& stratum : audit.strata) {
    const auto rows = static_cast<std::uint64_t>(stratum.rows.rows);
    Json disparities = Json::object();
    for (const Disparity& worst : audit.disparities) {
      const std::string name = plain_name(worst);
      const Disparity* const one = find(stratum, name);
      if (one == nullptr) continue;
      disparities[name] = estimate_json(one->estimate);
      exhibit.table.rows.push_back({stratum.value, rows, name, one->estimate});
    }
    Json entry = {{audit.column, stratum.value}};
    add_member(entry, "count", rows);
    add_member(entry, "disparities", std::move(disparities));
    strata.push_back(std::move(entry));
  }
  for (const Disparity& one : audit.disparities) {
    exhibit.table.rows.push_back({std::string("(all)"), Field(), one.name, one.estimate});
    report.document["disparities"][one.name] = estimate_json(one.estimate);
  }
  report.document["strata"] = std::move(strata);
  report.exhibits.push_back(std::move(exhibit));
}

void add_calibration(Report& report, const ScoreAudit& audit) {
  const ContingencyTable& groups = audit.frame.groups;
  Exhibit exhibit{.title = "Calibration by group",
                  .says =
                      "Of the rows with a score in each range, the share that is positive, with "
                      "its 95 % Wilson interval; calibrated scores have it at their mean.",
                  .table = {.columns = {factor_names(groups.factors()), "score", "rows",
                                        "mean score", "positive"},
                            .rows = {}},
                  .chart = chart_of_calibration(audit),
                  .marks = "Dashed: calibrated.",
                  .finding = calibration_finding(audit)};
  Json list = Json::array();
  std::string above;
  for (const CalibrationBin& bin : audit.calibration) {
    const std::string range = fmt::format("{:.1f}-{:.1f}", bin.from, bin.to);
    Json entry = cell_json(groups, bin.group);
    add_member(entry, "score", range);
    add_member(entry, "count", bin.rows);
    add_member(entry, "mean_score", estimate_json(bin.mean_score));
    add_member(entry, "positive", estimate_json(bin.positives));
    list.push_back(std::move(entry));
    if (bin.rows == 0) continue;
    const std::string group = cell_values(groups, bin.group);
    exhibit.table.rows.push_back({group == above ? std::string() : group, range, bin.rows,
                                  *bin.mean_score.value, bin.positives});
    above = group;
  }
  report.document["calibration"] = std::move(list);
  report.exhibits.push_back(std::move(exhibit));
}

}  // namespace af::audit

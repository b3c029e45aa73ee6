#include "audit/reports/strata_report.h"

#include <fmt/format.h>

#include "audit/reports/group_tables.h"
#include "audit/reports/json_document.h"

namespace af::audit {

void add_strata(Report& report, const StrataAudit& audit) {
  Exhibit exhibit{
      .title = "Groups compared inside each " + audit.column,
      .says = fmt::format("Named disparities among the rows of each {}, and over all of them: the "
                          "worst, and the mean of the differences weighted by rows.",
                          audit.column),
      .table = {.columns = {audit.column, "rows", "disparity", "value"}, .rows = {}},
      .chart = {}};
  Json strata = Json::array();
  for (const Stratum& stratum : audit.strata) {
    Json disparities = Json::object();
    for (const Disparity& worst : audit.disparities) {
      const std::string name = worst.name.substr(worst.name.find('_') + 1);
      for (const Disparity& one : stratum.audit.disparities) {
        if (one.name != name) continue;
        disparities[name] = estimate_json(one.estimate);
        exhibit.table.rows.push_back({stratum.value, stratum.rows, name, one.estimate});
      }
    }
    strata.push_back({{audit.column, stratum.value},
                      {"count", stratum.rows},
                      {"disparities", std::move(disparities)}});
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
                  .chart = {}};
  Json list = Json::array();
  for (const CalibrationBin& bin : audit.calibration) {
    const std::string range = fmt::format("{:.1f}-{:.1f}", bin.from, bin.to);
    Json entry = cell_json(groups, bin.group);
    entry["score"] = range;
    entry["count"] = bin.rows;
    entry["mean_score"] = estimate_json(bin.mean_score);
    entry["positive"] = estimate_json(bin.positives);
    list.push_back(std::move(entry));
    if (bin.rows == 0) continue;
    exhibit.table.rows.push_back(
        {cell_values(groups, bin.group), range, bin.rows, *bin.mean_score.value, bin.positives});
  }
  report.document["calibration"] = std::move(list);
  report.exhibits.push_back(std::move(exhibit));
}

}  // namespace af::audit

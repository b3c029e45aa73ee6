#include "audit/reports/group_tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace af::audit {
namespace {

constexpr std::string_view kDifference = "_difference";

const Disparity* find(const std::vector<Disparity>& disparities, const std::string& name) {
  const auto found = std::ranges::find(disparities, name, &Disparity::name);
  return found == disparities.end() ? nullptr : &*found;
}

/// A count is shown as one, not as a share.
Field metric_field(const GroupMetric& metric, const Estimate& estimate) {
  if (metric.name != "count") return estimate;
  return static_cast<std::uint64_t>(estimate.value.value_or(0));
}

}  // namespace

Table metrics_table(const MetricFrame& frame) {
  Table table{.columns = {"metric", factor_names(frame.groups.factors()), "value"}, .rows = {}};
  for (const GroupMetric& metric : frame.metrics) {
    table.rows.push_back(
        {metric.name, std::string("(all)"), metric_field(metric, metric.overall.estimate)});
    for (std::size_t g = 0; g < metric.by_group.size(); ++g) {
      table.rows.push_back({std::string(), cell_values(frame.groups, g),
                            metric_field(metric, metric.by_group[g].estimate)});
    }
  }
  return table;
}

Table disparities_table(const std::vector<Disparity>& disparities) {
  Table table{.columns = {"between groups", "difference", "ratio"}, .rows = {}};
  for (const Disparity& one : disparities) {
    const std::size_t at = one.name.find(kDifference);
    if (one.name.starts_with("count_")) continue;  // How rows differ, the table of groups says.
    if (at == std::string::npos) {
      if (one.name.starts_with("between_group_")) {
        table.rows.push_back({one.name, one.estimate, Field()});
      }
      continue;
    }
    const std::string before = one.name.substr(0, at);
    const std::string after = one.name.substr(at + kDifference.size());
    const Disparity* ratio = find(disparities, before + "_ratio" + after);
    table.rows.push_back({before + after, one.estimate, ratio ? Field(ratio->estimate) : Field()});
  }
  return table;
}

std::vector<Estimate> cell_shares(const ContingencyTable& table, IntervalMethod method) {
  std::vector<Estimate> shares;
  const WeightedRows all = table.all_rows();
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    shares.push_back(estimate(table.rows(cell), all, "rows", method));
  }
  return shares;
}

}  // namespace af::audit

#include "audit/reports/json_document.h"

#include <fmt/format.h>

#include "core/errors.h"

namespace af::audit {

Json number_or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json estimate_json(const Estimate& estimate) {
  Json json = {{"value", number_or_null(estimate.value)},
               {"low", number_or_null(estimate.low)},
               {"high", number_or_null(estimate.high)},
               {"reason", text_or_null(estimate.reason)},
               {"interval", text_or_null(estimate.interval)}};
  if (estimate.exact) json["exact"] = true;
  return json;
}

Json cell_json(const ContingencyTable& table, std::size_t cell) {
  Json result = Json::object();
  const std::vector<std::size_t> codes = table.codes(cell);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    result[table.factors()[i].name] = table.factors()[i].values[codes[i]];
  }
  return result;
}

void add_member(Json& entry, const char* name, Json value) {
  if (!entry.contains(name)) {
    entry[name] = std::move(value);
    return;
  }
  throw ConfigError(
      fmt::format("column '{}' has a name that the report uses itself; rename it", name));
}

Json counts_json(const ContingencyTable& table, const std::vector<Estimate>& shares) {
  Json list = Json::array();
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    Json entry = cell_json(table, cell);
    add_member(entry, "count", table.count(cell));
    add_member(entry, "share", number_or_null(shares[cell].value));
    add_member(entry, "low", number_or_null(shares[cell].low));
    add_member(entry, "high", number_or_null(shares[cell].high));
    if (table.weighted()) {
      add_member(entry, "weight", table.rows(cell).weight);
      add_member(entry, "effective_rows", table.rows(cell).effective());
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Json by_group_json(const MetricFrame& frame) {
  Json list = Json::array();
  for (std::size_t group = 0; group < frame.groups.cells(); ++group) {
    Json entry = cell_json(frame.groups, group);
    Json metrics = Json::object();
    for (const GroupMetric& metric : frame.metrics) {
      metrics[metric.name] = estimate_json(metric.by_group[group].estimate);
    }
    add_member(entry, "metrics", std::move(metrics));
    list.push_back(std::move(entry));
  }
  return list;
}

Json overall_json(const MetricFrame& frame) {
  Json result = Json::object();
  for (const GroupMetric& metric : frame.metrics) {
    result[metric.name] = estimate_json(metric.overall.estimate);
  }
  return result;
}

Json disparities_json(const std::vector<Disparity>& disparities) {
  Json result = Json::object();
  for (const Disparity& disparity : disparities) {
    result[disparity.name] = estimate_json(disparity.estimate);
  }
  return result;
}

}  // namespace af::audit

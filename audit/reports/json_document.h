#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/metrics/metric_frame.h"

/// Parts of the JSON form. Undefined values are null with a sentence in `reason`.
namespace af::audit {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json number_or_null(const std::optional<double>& number);
/// Empty: null.
[[nodiscard]] Json text_or_null(const std::string& text);
/// {"value", "low", "high", "reason", "interval"}, and "exact": true of what was counted
[[nodiscard]] Json estimate_json(const Estimate& estimate);
/// {FACTOR: value, ...}
[[nodiscard]] Json cell_json(const ContingencyTable& table, std::size_t cell);
/// Puts a member behind the columns of an entry.
/// @throws ConfigError if a column has that name.
void add_member(Json& entry, const char* name, Json value);
/// [{FACTOR: value, ..., "count", "share", "low", "high"}, ...] of every cell.
/// @param shares  Of all rows, by cell.
[[nodiscard]] Json counts_json(const ContingencyTable& table, const std::vector<Estimate>& shares);
/// [{GROUP COLUMN: value, ..., "metrics": {NAME: estimate}}, ...]
[[nodiscard]] Json by_group_json(const MetricFrame& frame);
/// {NAME: estimate}
[[nodiscard]] Json overall_json(const MetricFrame& frame);
/// {NAME: estimate}
[[nodiscard]] Json disparities_json(const std::vector<Disparity>& disparities);

}  // namespace af::audit

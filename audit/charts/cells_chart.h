#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/statistics/estimate.h"

namespace af::audit {

/// Counts as a Vega-Lite heat map, the first factor down, the others across, or the other way round
/// where that would be too wide; of one factor, as bars.
/// @param shares  Of all rows, by cell.
[[nodiscard]] nlohmann::json cells_chart(const ContingencyTable& table,
                                         const std::vector<Estimate>& shares);

}  // namespace af::audit

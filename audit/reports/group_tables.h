#pragma once

#include <span>
#include <string>
#include <vector>

#include "audit/metrics/metric_frame.h"
#include "audit/reports/report.h"

/// Tables that several reports share.
namespace af::audit {

/// One row a metric and group: metric, group, value with its interval.
[[nodiscard]] Table metrics_table(const MetricFrame& frame);

/// One row a comparison: its name, the difference with its interval, the ratio. Pairs
/// X_difference with X_ratio. Without those of counts.
[[nodiscard]] Table disparities_table(const std::vector<Disparity>& disparities);

/// Shares of all rows, by cell.
[[nodiscard]] std::vector<Estimate> cell_shares(const ContingencyTable& table,
                                                IntervalMethod method = IntervalMethod::kWilson);

}  // namespace af::audit

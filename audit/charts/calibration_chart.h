#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audit/statistics/estimate.h"

namespace af::audit {

/// Rows of one group whose scores lie in one range.
struct CalibrationPoint {
  std::string group;
  double mean_score = 0;  ///< In [0, 1].
  Estimate positive;      ///< Share that is positive, with its interval.
};

/// Reliability diagram as a Vega-Lite specification: a panel for each group, the diagonal dashed.
[[nodiscard]] nlohmann::json calibration_chart(const std::vector<CalibrationPoint>& points);

}  // namespace af::audit

#pragma once

#include "audit/metrics/predictions.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Metrics by group and the disparities between the groups.
/// @param source  What was audited: a file's name.
[[nodiscard]] Report predictions_report(const PredictionAudit& audit, const std::string& source);

}  // namespace af::audit

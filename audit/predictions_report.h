#pragma once

#include "audit/predictions.h"
#include "audit/report.h"

namespace af::audit {

/// Metrics by group and the disparities between the groups.
/// @param source  What was audited: a file's name.
[[nodiscard]] Report predictions_report(const PredictionAudit& audit, const std::string& source);

}  // namespace af::audit

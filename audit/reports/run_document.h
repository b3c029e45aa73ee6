#pragma once

#include "audit/reports/json_document.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// The JSON form of a run. `counts` has every cell of every heuristic and seed at the last step,
/// `by_group` their test rows, `disparities` HEURISTIC/NAME over the seeds, `steps` every step.
/// @param method  Of the intervals of shares.
[[nodiscard]] Json run_document(const RunFolder& run, const RunAudit& audit, IntervalMethod method);

}  // namespace af::audit

#pragma once

#include "audit/json_document.h"
#include "audit/run_audit.h"

namespace af::audit {

/// The JSON form of a run. `counts` has every cell of every heuristic and seed at the last step,
/// `by_group` their test rows, `disparities` HEURISTIC/NAME over the seeds, `steps` every step.
[[nodiscard]] Json run_document(const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

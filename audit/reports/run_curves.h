#pragma once

#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// Appends the curves of a run over its steps: first what each heuristic labelled, then how well it
/// did, then the minority's share and, if the pool is known, the drift from it. On a page only.
void add_curves(Report& report, const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

#pragma once

#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// How many rows of each class and group every heuristic has labelled, step by step: a panel for
/// each class and heuristic, a line for each group. On a page only.
[[nodiscard]] Exhibit counts_exhibit(const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

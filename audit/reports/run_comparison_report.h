#pragma once

#include "audit/reports/json_document.h"
#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// Appends how the heuristics differ, paired by seed: at the last step, and how often one was
/// better than another.
void add_comparisons(Report& report, const RunFolder& run, const RunAudit& audit);

/// [{"measure", "first", "second", "difference", "tests"}]
[[nodiscard]] Json comparisons_json(const RunFolder& run, const RunAudit& audit);

/// [{"measure", "better", "than", "share"}]; empty if there are none.
[[nodiscard]] Json penalties_json(const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

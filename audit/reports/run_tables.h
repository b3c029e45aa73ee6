#pragma once

#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// What a run comes to in numbers: every step in short (text form only), the last step with
/// intervals, its cells against the pool, and its disparities.
void add_run_tables(Report& report, const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

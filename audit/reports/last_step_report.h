#pragma once

#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// Appends what the heuristics came to at the last step, with intervals over the seeds, and their
/// cells beside what labelling at random gives.
void add_last_step(Report& report, const RunFolder& run, const RunAudit& audit);

/// Appends the disparities of the last step's test predictions.
void add_run_disparities(Report& report, const RunAudit& audit);

}  // namespace af::audit

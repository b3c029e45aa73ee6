#pragma once

#include "audit/reports/json_document.h"
#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// Appends when the labelled sets drift from their pool, if the pool is known.
void add_first_drift(Report& report, const RunFolder& run, const RunAudit& audit);

/// {"alpha", "correction", "by_seed": [{"heuristic", "seed", "first_step", "cells":
/// [{FACTOR: value, ..., "first_step"}]}]}; null without a pool.
[[nodiscard]] Json drift_json(const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

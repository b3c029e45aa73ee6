#pragma once

#include "audit/reports/json_document.h"
#include "audit/reports/report.h"
#include "audit/runs/run_audit.h"

namespace af::audit {

/// Appends when the labelled sets drift from their pool, if the pool is known, and how the
/// heuristics differ, paired by seed.
void add_drift_tables(Report& report, const RunFolder& run, const RunAudit& audit);

/// {"alpha", "correction", "by_seed": [{"heuristic", "seed", "first_step", "cells": [{FACTOR:
/// value,
/// ..., "first_step"}]}]}; null without a pool.
[[nodiscard]] Json drift_json(const RunFolder& run, const RunAudit& audit);

/// [{"measure", "first", "second", "difference", "tests"}]
[[nodiscard]] Json comparisons_json(const RunFolder& run, const RunAudit& audit);

}  // namespace af::audit

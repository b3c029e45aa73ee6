#pragma once

#include "audit/metrics/score_metrics.h"
#include "audit/metrics/strata.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Adds the comparison inside strata to a report of predictions: `strata` in its document, and its
/// disparities among the others.
void add_strata(Report& report, const StrataAudit& audit);

/// Adds how well scores are calibrated in each group: `calibration` in the document.
/// @param groups  Rows by group.
void add_calibration(Report& report, const ScoreAudit& audit);

}  // namespace af::audit

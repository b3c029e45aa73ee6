#pragma once

#include "audit/metrics/score_metrics.h"
#include "audit/statistics/bootstrap.h"

namespace af::audit {

/// Gives the metrics of scores and their disparities BCa intervals. A replicate draws as many rows
/// as there are with replacement and goes through them in order of score. Replicate r depends on
/// (seed, r) alone. The acceleration comes from a jackknife over at most 1,000 random parts of the
/// rows (100 of more than 100,000 rows), which has the same limit as that over single rows.
void add_bootstrap_intervals(ScoreAudit& audit, const ScoredRows& rows,
                             const BootstrapOptions& options);

}  // namespace af::audit

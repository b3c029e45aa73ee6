#pragma once

#include "audit/metrics/predictions.h"
#include "audit/statistics/bootstrap.h"

namespace af::audit {

/// Gives every figure of an audit that has a value but no interval, and is not exact, its BCa
/// interval. Every replicate draws as many rows as there are, with replacement, which is one
/// multinomial draw of the cells' counts: its cost does not grow with the rows. Replicate r depends
/// on (seed, r) alone, so any number of threads gives the same bytes. With very many figures or
/// cells there are fewer replicates than asked for, at least 1,000; the intervals say how many.
/// @param table  What the audit was made of.
void add_bootstrap_intervals(PredictionAudit& audit, const ContingencyTable& table,
                             const BootstrapOptions& options);

}  // namespace af::audit

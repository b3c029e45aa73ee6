#pragma once

#include "audit/inputs/csv_table.h"
#include "audit/runs/run_folder.h"

namespace af::audit {

/// Fills a run's heuristics, seeds, steps, labelled sizes and metrics out of its metrics.csv.
/// @throws InputError if a column is missing, a field is no number, the steps of a seed do not
///         count up from 0, or the seeds differ in their steps or labelled rows.
void read_run_metrics(const CsvTable& table, RunFolder& run);

}  // namespace af::audit

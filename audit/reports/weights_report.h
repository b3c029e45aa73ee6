#pragma once

#include <string>

#include "audit/counts/weighted_rows.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Says which weights a report's figures are by: among its facts, and `weights` in its document.
/// @param rows  All rows of the table.
void add_weights(Report& report, const std::string& column, WeightKind kind,
                 const WeightedRows& rows);

}  // namespace af::audit

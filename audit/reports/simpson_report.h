#pragma once

#include <vector>

#include "audit/composition/simpson.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Adds Simpson's reversals: an exhibit, `simpson_reversals` in the document, and
/// how many there are, for gates.
/// @param looked_at  What was compared in which strata: "selection rates and others of the groups
///                   inside each job".
void add_reversals(Report& report, const std::vector<SimpsonReversal>& reversals,
                   const std::string& looked_at);

}  // namespace af::audit

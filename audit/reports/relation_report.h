#pragma once

#include "audit/composition/composition.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Appends what `composition` says of class and groups: tests of independence, strength of the
/// association, rule of four fifths, differential fairness, Simpson's reversals.
void add_relations(Report& report, const Composition& composition);

}  // namespace af::audit

#pragma once

#include "audit/composition/composition.h"
#include "audit/reports/report.h"

namespace af::audit {

/// Cells, conditional shares, and how unevenly the classes are spread over the groups.
/// @param source  What was audited: a file's name.
[[nodiscard]] Report composition_report(const Composition& composition, const std::string& source);

}  // namespace af::audit

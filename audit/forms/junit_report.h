#pragma once

#include <span>
#include <string>

#include "audit/gates/gate.h"

namespace af::audit {

/// The gates as JUnit XML, which CI systems read: a test case each, with a failure if it failed and
/// an error of type "undetermined" if the data cannot tell, so that neither is green.
/// @param source  What was audited: the suite's name.
[[nodiscard]] std::string junit_report(std::span<const GateResult> results,
                                       const std::string& source);

}  // namespace af::audit

#pragma once

#include <string>

#include "audit/reports/report.h"

namespace af::audit {

/// The report for a terminal: aligned tables, reasons of what is undefined below each.
/// @param bold  Headings with ANSI escapes.
[[nodiscard]] std::string text_report(const Report& report, bool bold);

}  // namespace af::audit

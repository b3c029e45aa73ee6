#pragma once

#include <string>

#include "audit/reports/report.h"

namespace af::audit {

/// The report as GitHub's Markdown: a heading and a table for each exhibit. Values of the data are
/// escaped, so that they show as they are.
[[nodiscard]] std::string markdown_report(const Report& report);

}  // namespace af::audit

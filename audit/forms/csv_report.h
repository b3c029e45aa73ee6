#pragma once

#include <string>

#include "audit/reports/report.h"

namespace af::audit {

/// Every figure of the report's document in a line of its own (RFC 4180), in full precision:
///   figure,COLUMN,...,value,low,high,exact,reason,interval
/// with a column for everything that tells the entries of lists apart. Gates come first, as
/// figures "gate NAME" with their verdict and reason in `reason`.
[[nodiscard]] std::string csv_report(const Report& report);

}  // namespace af::audit

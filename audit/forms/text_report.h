#pragma once

#include <string>

#include "audit/reports/report.h"

namespace af::audit {

inline constexpr std::size_t kTextWidth = 80;
inline constexpr std::size_t kNarrowestText = 40;

/// The report for a terminal: aligned tables, reasons of what is undefined below each.
/// @param bold   Headings with ANSI escapes.
/// @param width  Columns of the terminal, 0 or kNarrowestText and more; 0: as many as the tables
///               take. Sentences are never wider than kTextWidth. A word may be.
[[nodiscard]] std::string text_report(const Report& report, bool bold,
                                      std::size_t width = kTextWidth);

}  // namespace af::audit

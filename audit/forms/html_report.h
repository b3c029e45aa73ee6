#pragma once

#include <string>
#include <string_view>

#include "audit/reports/report.h"

namespace af::audit {

/// The report as one page that needs no other file and no network: style, scripts and data are in
/// it, and its content security policy forbids it to load anything. Every chart has its numbers
/// as a table beside it, so the page says all without scripts too.
[[nodiscard]] std::string html_report(const Report& report);

/// Text for HTML content and attributes: & < > " ' become references.
[[nodiscard]] std::string html_escaped(std::string_view text);

/// JSON for a script element: no "<" in it, so no value can end the element.
[[nodiscard]] std::string script_json(const nlohmann::json& value);

}  // namespace af::audit

#pragma once

#include <string>

#include "audit/reports/json_document.h"
#include "audit/reports/report.h"
#include "audit/statistics/test_result.h"

/// Test results as people and programs read them.
namespace af::audit {

/// The test's p-value, or why it has none.
[[nodiscard]] Field p_field(const TestResult& test);
/// The p-value adjusted after Holm; nothing if there is none.
[[nodiscard]] Field holm_field(const TestResult& test);
/// A test's name for people.
[[nodiscard]] std::string shown_test(const TestResult& test);

/// {"test", "statistic", "degrees_of_freedom", "p_value", "p_holm", "standard_error", "method",
/// "reason"}
[[nodiscard]] Json test_json(const TestResult& test);

}  // namespace af::audit

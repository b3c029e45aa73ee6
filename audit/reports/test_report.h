#pragma once

#include <string>

#include "audit/reports/json_document.h"
#include "audit/statistics/test_result.h"

/// Test results as people and programs read them.
namespace af::audit {

/// A p-value for people: four decimals, or two digits and a power of ten where that shows nothing;
/// with the standard error if it was simulated. "undefined" without one.
[[nodiscard]] std::string shown_p(const TestResult& test);
[[nodiscard]] std::string shown_p(double p);
/// A test's name for people.
[[nodiscard]] std::string shown_test(const TestResult& test);

/// {"test", "statistic", "degrees_of_freedom", "p_value", "p_holm", "standard_error", "method",
/// "reason"}
[[nodiscard]] Json test_json(const TestResult& test);

}  // namespace af::audit

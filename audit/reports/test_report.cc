#include "audit/reports/test_report.h"

namespace af::audit {
Field p_field(const TestResult& test) {
  if (!test.p_value) return undefined(test.reason);
  return PValue{.p = *test.p_value, .standard_error = test.standard_error};
}

Field holm_field(const TestResult& test) {
  return test.p_holm ? Field(PValue{.p = *test.p_holm}) : Field();
}

std::string shown_test(const TestResult& test) {
  if (test.test == "chi_square") return "chi-square";
  if (test.test == "g") return "G";
  if (test.test == "fisher") return "Fisher";
  if (test.test == "paired_t") return "paired t";
  return test.test == "wilcoxon" ? "signed rank" : test.test;
}

Json test_json(const TestResult& test) {
  return {{"test", test.test},
          {"statistic", number_or_null(test.statistic)},
          {"degrees_of_freedom", number_or_null(test.degrees_of_freedom)},
          {"p_value", number_or_null(test.p_value)},
          {"p_holm", number_or_null(test.p_holm)},
          {"standard_error", number_or_null(test.standard_error)},
          {"method", text_or_null(test.method)},
          {"reason", text_or_null(test.reason)}};
}

}  // namespace af::audit

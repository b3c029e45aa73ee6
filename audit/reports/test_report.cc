#include "audit/reports/test_report.h"

#include <fmt/format.h>

namespace af::audit {
namespace {

Json number_or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

}  // namespace

std::string shown_p(double p) {
  if (p == 0) return "<1e-300";
  return p < 1e-4 ? fmt::format("{:.1e}", p) : fmt::format("{:.4f}", p);
}

std::string shown_p(const TestResult& test) {
  if (!test.p_value) return "undefined";
  if (!test.standard_error) return shown_p(*test.p_value);
  return fmt::format("{:.4f} +- {:.4f}", *test.p_value, *test.standard_error);
}

std::string shown_test(const TestResult& test) {
  if (test.test == "chi_square") return "chi-square";
  if (test.test == "g") return "G";
  if (test.test == "fisher") return "Fisher";
  if (test.test == "paired_t") return "paired t";
  return test.test == "wilcoxon" ? "signed rank" : test.test;
}

Json test_json(const TestResult& test) {
  const auto text = [](const std::string& words) {
    return words.empty() ? Json(nullptr) : Json(words);
  };
  return {{"test", test.test},
          {"statistic", number_or_null(test.statistic)},
          {"degrees_of_freedom", number_or_null(test.degrees_of_freedom)},
          {"p_value", number_or_null(test.p_value)},
          {"p_holm", number_or_null(test.p_holm)},
          {"standard_error", number_or_null(test.standard_error)},
          {"method", text(test.method)},
          {"reason", text(test.reason)}};
}

}  // namespace af::audit

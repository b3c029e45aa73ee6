#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace af::audit {

/// What a statistical test says. Without a p-value there is a reason.
struct TestResult {
  std::string test;  ///< "chi_square", "g", "fisher", "hypergeometric", "paired_t", "wilcoxon".
  std::optional<double> statistic;
  std::optional<double> degrees_of_freedom;
  std::optional<double> p_value;
  /// Adjusted for the family of tests that it is shown with.
  std::optional<double> p_holm;
  std::optional<double> standard_error;  ///< Of a p-value that was simulated.
  std::string method;                    ///< How the p-value was found: one phrase.
  std::string reason;                    ///< Why there is none, one sentence.
};

/// Why rows with sampling weights are not tested.
inline constexpr const char* kNoTestOfWeights =
    "The test counts rows, and these stand for more or less than one each.";

}  // namespace af::audit

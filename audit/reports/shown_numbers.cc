#include "audit/reports/shown_numbers.h"

#include <fmt/format.h>

#include <cmath>

namespace af::audit {

std::string shown_number(double number) {
  const double size = std::abs(number);
  if (size > 1 && number == std::floor(number)) return fmt::format("{:.0f}", number);
  if (size > 0 && size < 5e-5) return fmt::format("{:.1e}", number);
  return size < 10 ? fmt::format("{:.4f}", number) : fmt::format("{:.1f}", number);
}

std::string shown_p(double p, std::optional<double> standard_error) {
  if (standard_error) return fmt::format("{:.4f} +- {:.4f}", p, *standard_error);
  if (p == 0) return "<1e-300";
  return p < 1e-4 ? fmt::format("{:.1e}", p) : fmt::format("{:.4f}", p);
}

std::string shown_estimate(const Estimate& estimate) {
  if (!estimate.value) return "undefined";
  const std::string value = shown_number(*estimate.value);
  if (!estimate.low) return value;
  return fmt::format("{} [{}, {}]", value, shown_number(*estimate.low),
                     shown_number(*estimate.high));
}

std::string shown_share(double share) { return fmt::format("{:.1f} %", 100 * share); }

}  // namespace af::audit

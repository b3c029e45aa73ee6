#pragma once

#include <optional>
#include <string>
#include <utility>

namespace af::audit {

/// A number with its uncertainty. What mathematics leaves undefined has no value but a reason.
struct Estimate {
  std::optional<double> value;
  std::optional<double> low;   ///< Lower end of the interval; empty if there is none.
  std::optional<double> high;  ///< Upper end; empty exactly if `low` is.
  std::string reason;          ///< Why there is no value, one sentence; empty if there is one.
  std::string interval;        ///< What [low, high] is, or why there is none.
  bool exact = false;          ///< Counted, not estimated: it needs no interval.
};

[[nodiscard]] inline Estimate undefined(std::string reason) {
  return {.value = {}, .low = {}, .high = {}, .reason = std::move(reason), .interval = {}};
}

/// A value whose interval is not computed, and why not.
[[nodiscard]] inline Estimate without_interval(double value, std::string why) {
  return {.value = value, .low = {}, .high = {}, .reason = {}, .interval = std::move(why)};
}

/// A value that was counted and so is certain.
[[nodiscard]] inline Estimate exactly(double value, std::string why) {
  Estimate estimate = without_interval(value, std::move(why));
  estimate.exact = true;
  return estimate;
}

}  // namespace af::audit

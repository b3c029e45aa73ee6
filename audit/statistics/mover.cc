#include "audit/statistics/mover.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace af::audit {

Interval mover_mean(std::span<const Bounded> of) {
  double sum = 0;
  double below = 0;
  double above = 0;
  for (const auto& [value, interval] : of) {
    sum += value;
    below = std::hypot(below, value - interval.low);
    above = std::hypot(above, interval.high - value);
  }
  const auto count = static_cast<double>(of.size());
  return {.low = (sum - below) / count, .high = (sum + above) / count};
}

Interval mover_difference(const Bounded& first, const Bounded& second) {
  const double difference = first.value - second.value;
  return {.low = difference -
                 std::hypot(first.value - first.interval.low, second.interval.high - second.value),
          .high = difference + std::hypot(first.interval.high - first.value,
                                          second.value - second.interval.low)};
}

Interval mover_ratio(const Bounded& first, const Bounded& second) {
  assert(first.interval.low >= 0 && second.interval.low > 0);
  const double product = first.value * second.value;
  const auto inside = [](double value, double end) { return end * (2 * value - end); };
  const auto root = [&](double a, double b) {
    return std::sqrt(std::max(0.0, product * product - a * b));  // Rounding must not go below 0.
  };
  const double least = inside(first.value, first.interval.low);
  const double divisor = inside(second.value, second.interval.low);
  const double low_root = root(least, inside(second.value, second.interval.high));
  const double high_root = root(inside(first.value, first.interval.high), divisor);
  return {.low = least == 0 ? 0.0 : least / (product + low_root),
          .high = (product + high_root) / divisor};
}

}  // namespace af::audit

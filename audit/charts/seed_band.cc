#include "audit/charts/seed_band.h"

namespace af::audit {

std::optional<Interval> band(const Summary& summary) {
  if (summary.n < 2) return std::nullopt;
  if (summary.n < kSeedsForInterval) return Interval{.low = summary.min, .high = summary.max};
  return Interval{.low = *summary.estimate.low, .high = *summary.estimate.high};
}

Estimate with_band(const Summary& summary) {
  Estimate mean = summary.estimate;
  if (const auto ends = band(summary)) {
    mean.low = ends->low;
    mean.high = ends->high;
  }
  return mean;
}

std::string band_title(std::size_t seeds) {
  return seeds < kSeedsForInterval ? "smallest, largest" : "95 % interval";
}

std::string band_name(std::size_t seeds) {
  return seeds < kSeedsForInterval ? "from the smallest to the largest seed"
                                   : "95 % Student t interval of the mean";
}

}  // namespace af::audit

#include "audit/metric_frame.h"

#include <fmt/format.h>

#include <algorithm>

namespace af::audit {
namespace {

/// Groups with the smallest and the largest value, or why there are none.
struct Extremes {
  std::size_t smallest = 0;
  std::size_t largest = 0;
  std::string undefined_because;
};

Extremes extremes(const MetricFrame& frame, const GroupMetric& metric) {
  if (metric.by_group.size() < 2) {
    return {.undefined_because = "There is only one group, so nothing to compare it with."};
  }
  Extremes found;
  for (std::size_t g = 0; g < metric.by_group.size(); ++g) {
    const Estimate& here = metric.by_group[g].estimate;
    if (!here.value) {
      return {.undefined_because = fmt::format("{} is undefined for {}: {}", metric.name,
                                               frame.groups.cell_name(g), here.reason)};
    }
    if (*here.value < *metric.by_group[found.smallest].estimate.value) found.smallest = g;
    if (*here.value > *metric.by_group[found.largest].estimate.value) found.largest = g;
  }
  return found;
}

}  // namespace

const GroupMetric* MetricFrame::find(std::string_view name) const {
  const auto found = std::ranges::find(metrics, name, &GroupMetric::name);
  return found == metrics.end() ? nullptr : &*found;
}

Estimate difference(const MetricFrame& frame, const GroupMetric& metric) {
  const Extremes ends = extremes(frame, metric);
  if (!ends.undefined_because.empty()) return undefined(ends.undefined_because);
  const Measure& high = metric.by_group[ends.largest];
  const Measure& low = metric.by_group[ends.smallest];
  const double value = *high.estimate.value - *low.estimate.value;
  if (high.estimate.exact && low.estimate.exact) return exactly(value, low.estimate.interval);
  if (!high.proportion || !low.proportion) {
    return without_interval(value, "none: no closed form for a metric that is no proportion");
  }
  const Interval interval = newcombe(*high.proportion, *low.proportion);
  return {.value = value,
          .low = interval.low,
          .high = interval.high,
          .reason = {},
          .interval = fmt::format("95 % Newcombe interval of {} minus {}",
                                  frame.groups.cell_name(ends.largest),
                                  frame.groups.cell_name(ends.smallest))};
}

Estimate ratio(const MetricFrame& frame, const GroupMetric& metric) {
  const Extremes ends = extremes(frame, metric);
  if (!ends.undefined_because.empty()) return undefined(ends.undefined_because);
  const double largest = *metric.by_group[ends.largest].estimate.value;
  if (largest == 0) {
    return undefined(fmt::format("{} is 0 in every group, and 0/0 has no value.", metric.name));
  }
  const Estimate& smallest = metric.by_group[ends.smallest].estimate;
  if (smallest.exact) return exactly(*smallest.value / largest, smallest.interval);
  return without_interval(*smallest.value / largest, "none: no interval is computed for a ratio");
}

std::vector<Disparity> metric_disparities(const MetricFrame& frame) {
  std::vector<Disparity> disparities;
  for (const GroupMetric& metric : frame.metrics) {
    disparities.push_back({metric.name + "_difference", difference(frame, metric)});
    disparities.push_back({metric.name + "_ratio", ratio(frame, metric)});
  }
  return disparities;
}

}  // namespace af::audit

#include "audit/metrics/metric_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace af::audit {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::array kContrasts{
    Contrast::kDifference,     Contrast::kRatio,    Contrast::kDifferenceToOverall,
    Contrast::kRatioToOverall, Contrast::kGroupMin, Contrast::kGroupMax};

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

const char* suffix(Contrast contrast) {
  switch (contrast) {
    case Contrast::kDifference: return "_difference";
    case Contrast::kRatio: return "_ratio";
    case Contrast::kDifferenceToOverall: return "_difference_to_overall";
    case Contrast::kRatioToOverall: return "_ratio_to_overall";
    case Contrast::kGroupMin: return "_group_min";
    case Contrast::kGroupMax: return "_group_max";
  }
  return "";
}

double contrasted(Contrast contrast, std::span<const double> groups, double overall) {
  double smallest = groups.front();
  double largest = groups.front();
  double farthest = 0;
  double least_ratio = 1;
  for (const double value : groups) {
    if (std::isnan(value)) return value;
    smallest = std::min(smallest, value);
    largest = std::max(largest, value);
    farthest = std::max(farthest, std::abs(value - overall));
    least_ratio = std::min({least_ratio, value / overall, overall / value});
  }
  switch (contrast) {
    case Contrast::kDifference: return largest - smallest;
    case Contrast::kRatio: return largest == 0 ? kUndefined : smallest / largest;
    case Contrast::kDifferenceToOverall: return farthest;
    case Contrast::kRatioToOverall: return overall == 0 ? kUndefined : least_ratio;
    case Contrast::kGroupMin: return smallest;
    case Contrast::kGroupMax: return largest;
  }
  return kUndefined;
}

Estimate contrasted(Contrast contrast, const MetricFrame& frame, const GroupMetric& metric) {
  const Extremes ends = extremes(frame, metric);
  if (!ends.undefined_because.empty()) return undefined(ends.undefined_because);
  std::vector<double> groups;
  for (const Measure& measure : metric.by_group) groups.push_back(*measure.estimate.value);
  const Estimate& overall = metric.overall.estimate;
  const bool to_overall =
      contrast == Contrast::kDifferenceToOverall || contrast == Contrast::kRatioToOverall;
  if (to_overall && !overall.value) return undefined(overall.reason);
  const double value = contrasted(contrast, groups, overall.value.value_or(kUndefined));
  if (std::isnan(value)) {
    return undefined(
        contrast == Contrast::kRatio
            ? fmt::format("{} is 0 in every group, and 0/0 has no value.", metric.name)
            : fmt::format("{} is 0 overall, and a ratio to 0 has no value.", metric.name));
  }
  const Measure& high = metric.by_group[ends.largest];
  if (high.estimate.exact) return exactly(value, high.estimate.interval);
  const Measure& low = metric.by_group[ends.smallest];
  if (contrast == Contrast::kDifference && high.proportion && low.proportion) {
    const Interval interval = newcombe(*high.proportion, *low.proportion);
    return {.value = value,
            .low = interval.low,
            .high = interval.high,
            .reason = {},
            .interval = fmt::format("95 % Newcombe interval of {} minus {}",
                                    frame.groups.cell_name(ends.largest),
                                    frame.groups.cell_name(ends.smallest))};
  }
  return without_interval(value, "none: it has no closed form");
}

std::vector<DisparityDefinition> contrast_definitions(const MetricFrame& frame) {
  std::vector<DisparityDefinition> definitions;
  for (std::size_t m = 0; m < frame.metrics.size(); ++m) {
    for (const Contrast contrast : kContrasts) {
      definitions.push_back(
          {.name = frame.metrics[m].name + suffix(contrast), .contrast = contrast, .metrics = {m}});
    }
  }
  return definitions;
}

Disparity evaluate(const DisparityDefinition& definition, const MetricFrame& frame) {
  using Joined = DisparityDefinition::Joined;
  std::vector<Estimate> parts;
  for (const std::size_t m : definition.metrics) {
    parts.push_back(contrasted(definition.contrast, frame, frame.metrics[m]));
    if (!parts.back().value) return {definition.name, parts.back()};
  }
  if (definition.joined == Joined::kMean) {
    double sum = 0;
    for (const Estimate& part : parts) sum += *part.value;
    return {definition.name, without_interval(sum / static_cast<double>(parts.size()),
                                              "none: it has no closed form")};
  }
  const bool is_ratio = definition.contrast == Contrast::kRatio;
  const auto worse = [&](const Estimate& a, const Estimate& b) {
    return is_ratio ? *a.value < *b.value : *a.value > *b.value;
  };
  return {definition.name, *std::ranges::min_element(parts, worse)};
}

double evaluate(const DisparityDefinition& definition, std::span<const double> values,
                std::size_t groups) {
  using Joined = DisparityDefinition::Joined;
  double sum = 0;
  double worst = kUndefined;
  for (const std::size_t m : definition.metrics) {
    const auto line = values.subspan(m * (groups + 1), groups + 1);
    const double here = contrasted(definition.contrast, line.first(groups), line.back());
    if (std::isnan(here)) return here;
    sum += here;
    const bool is_worse = definition.contrast == Contrast::kRatio ? here < worst : here > worst;
    if (std::isnan(worst) || is_worse) worst = here;
  }
  return definition.joined == Joined::kMean ? sum / static_cast<double>(definition.metrics.size())
                                            : worst;
}

std::vector<Disparity> metric_disparities(const MetricFrame& frame) {
  std::vector<Disparity> disparities;
  for (const DisparityDefinition& definition : contrast_definitions(frame)) {
    disparities.push_back(evaluate(definition, frame));
  }
  return disparities;
}

}  // namespace af::audit

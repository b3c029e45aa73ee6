#include "audit/metrics/metric_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "audit/statistics/mover.h"
#include "audit/statistics/ratio_interval.h"

namespace af::audit {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::array kContrasts{
    Contrast::kDifference,     Contrast::kRatio,    Contrast::kDifferenceToOverall,
    Contrast::kRatioToOverall, Contrast::kGroupMin, Contrast::kGroupMax};

constexpr const char* kNoClosedForm = "none: it has no closed form";

/// Empty if the groups can be compared by this metric.
std::string why_incomparable(const MetricFrame& frame, const GroupMetric& metric) {
  if (metric.by_group.size() < 2) {
    return "There is only one group, so nothing to compare it with.";
  }
  for (std::size_t g = 0; g < metric.by_group.size(); ++g) {
    const Estimate& here = metric.by_group[g].estimate;
    if (here.value) continue;
    return fmt::format("{} is undefined for {}: {}", metric.name, frame.groups.cell_name(g),
                       here.reason);
  }
  return {};
}

/// [G + 1]
std::vector<double> bare_values(const GroupMetric& metric) {
  std::vector<double> values;
  for (const Measure& one : metric.by_group) {
    values.push_back(one.estimate.value.value_or(kUndefined));
  }
  values.push_back(metric.overall.estimate.value.value_or(kUndefined));
  return values;
}

/// Position of the smallest ratio, or the largest difference.
std::size_t worst_of(Contrast contrast, const std::vector<double>& values) {
  const auto worst = contrast == Contrast::kRatio ? std::ranges::min_element(values)
                                                  : std::ranges::max_element(values);
  return static_cast<std::size_t>(worst - values.begin());
}

Bounded bounded(const Estimate& estimate) {
  return {.value = *estimate.value, .interval = {.low = *estimate.low, .high = *estimate.high}};
}

/// A contrast of two groups' values that are no proportions.
Estimate recovered(Contrast contrast, const Measure& a, const Measure& b, double value,
                   const std::string& first, const std::string& second) {
  const Estimate& x = a.estimate;
  const Estimate& y = b.estimate;
  if (!x.low || !y.low) return without_interval(value, kNoClosedForm);
  if (contrast == Contrast::kDifference) {
    return with_interval(value, mover_difference(bounded(x), bounded(y)),
                         fmt::format("95 % MOVER interval of {} minus {}", first, second));
  }
  if (*x.low < 0 || *y.low <= 0) return without_interval(value, kNoClosedForm);
  return with_interval(value, mover_ratio(bounded(x), bounded(y)),
                       fmt::format("95 % MOVER interval of {} over {}", first, second));
}

/// A contrast of two groups, or the value of one.
Estimate between_groups(Contrast contrast, Compared which, double value, const MetricFrame& frame,
                        const GroupMetric& metric, double confidence) {
  const std::string first = frame.groups.cell_name(which.first);
  const std::string second = frame.groups.cell_name(which.second);
  const Measure& a = metric.by_group[which.first];
  const Measure& b = metric.by_group[which.second];
  if (contrast == Contrast::kGroupMin || contrast == Contrast::kGroupMax) {
    Estimate estimate = a.estimate;
    if (estimate.low) estimate.interval += " of " + first;
    return estimate;
  }
  if (!a.proportion || !b.proportion) return recovered(contrast, a, b, value, first, second);
  if (contrast == Contrast::kDifference) {
    return with_interval(value, newcombe(*a.proportion, *b.proportion, confidence),
                         fmt::format("95 % Newcombe interval of {} minus {}", first, second));
  }
  return with_interval(value, koopman(*a.proportion, *b.proportion, confidence),
                       fmt::format("95 % Koopman score interval of {} over {}", first, second));
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

Compared compared(Contrast contrast, std::span<const double> values) {
  const std::size_t overall = values.size() - 1;
  const auto groups = values.first(overall);
  const auto position = [&](auto found) {
    return static_cast<std::size_t>(found - groups.begin());
  };
  const auto farthest = [&](auto distance) {
    return position(std::ranges::max_element(groups, {}, distance));
  };
  switch (contrast) {
    case Contrast::kDifferenceToOverall: {
      const std::size_t group =
          farthest([&](double value) { return std::abs(value - values[overall]); });
      if (values[group] >= values[overall]) return {.first = group, .second = overall};
      return {.first = overall, .second = group};
    }
    case Contrast::kRatioToOverall: {
      const std::size_t group = farthest([&](double value) {
        return -std::min(value / values[overall], values[overall] / value);
      });
      if (values[group] / values[overall] <= values[overall] / values[group]) {
        return {.first = group, .second = overall};
      }
      return {.first = overall, .second = group};
    }
    default: break;
  }
  const std::size_t smallest = position(std::ranges::min_element(groups));
  const std::size_t largest = position(std::ranges::max_element(groups));
  if (contrast == Contrast::kDifference || contrast == Contrast::kGroupMax) {
    return {.first = largest, .second = smallest};
  }
  return {.first = smallest, .second = largest};
}

double contrasted(Contrast contrast, Compared which, std::span<const double> values) {
  const double first = values[which.first];
  const double second = values[which.second];
  switch (contrast) {
    case Contrast::kDifference:
    case Contrast::kDifferenceToOverall: return first - second;
    case Contrast::kRatio:
    case Contrast::kRatioToOverall: return second == 0 ? kUndefined : first / second;
    case Contrast::kGroupMin:
    case Contrast::kGroupMax: return first;
  }
  return kUndefined;
}

Estimate contrasted(Contrast contrast, const MetricFrame& frame, const GroupMetric& metric,
                    double confidence) {
  if (const std::string why = why_incomparable(frame, metric); !why.empty()) return undefined(why);
  const bool to_overall =
      contrast == Contrast::kDifferenceToOverall || contrast == Contrast::kRatioToOverall;
  if (to_overall && !metric.overall.estimate.value)
    return undefined(metric.overall.estimate.reason);
  const std::vector<double> values = bare_values(metric);
  const Compared which = compared(contrast, values);
  const double value = contrasted(contrast, which, values);
  if (std::isnan(value)) {
    return undefined(
        contrast == Contrast::kRatio
            ? fmt::format("{} is 0 in every group, and 0/0 has no value.", metric.name)
            : fmt::format("{} is 0 overall, and a ratio to 0 has no value.", metric.name));
  }
  if (metric.by_group.front().estimate.exact) {
    return exactly(value, metric.by_group.front().estimate.interval);
  }
  if (to_overall) return without_interval(value, kNoClosedForm);
  return between_groups(contrast, which, value, frame, metric, confidence);
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

namespace {

/// Of two metrics the data show the worse one, or each in the order of the groups in which they
/// look less alike. So towards equality the end is that of an interval that errs half as often
/// (Bonferroni; ours).
struct Ends {
  Interval plain;
  Interval strict;

  [[nodiscard]] Interval joined(Contrast contrast) const {
    if (contrast == Contrast::kRatio) return {.low = plain.low, .high = strict.high};
    return {.low = strict.low, .high = plain.high};
  }
};

Estimate strict(const DisparityDefinition& definition, const MetricFrame& frame, std::size_t part) {
  const double confidence = 1 - (1 - kConfidence) / static_cast<double>(definition.metrics.size());
  return contrasted(definition.contrast, frame, frame.metrics[definition.metrics[part]],
                    confidence);
}

Estimate mean_of(const DisparityDefinition& definition, const MetricFrame& frame,
                 const std::vector<Estimate>& parts) {
  double sum = 0;
  std::vector<Bounded> plain_parts;
  std::vector<Bounded> strict_parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sum += *parts[i].value;
    if (!parts[i].low) continue;
    plain_parts.push_back(bounded(parts[i]));
    strict_parts.push_back(bounded(strict(definition, frame, i)));
  }
  const double value = sum / static_cast<double>(parts.size());
  if (plain_parts.size() < parts.size()) return without_interval(value, kNoClosedForm);
  const Ends ends{.plain = mover_mean(plain_parts), .strict = mover_mean(strict_parts)};
  return with_interval(value, ends.joined(definition.contrast),
                       "95 % MOVER interval of the mean of two");
}

Estimate worst_of(const DisparityDefinition& definition, const MetricFrame& frame,
                  const std::vector<Estimate>& parts) {
  std::vector<double> values;
  for (const Estimate& part : parts) values.push_back(*part.value);
  const std::size_t worst = worst_of(definition.contrast, values);
  const Estimate& plain = parts[worst];
  if (!plain.low) return plain;
  const Ends ends{.plain = bounded(plain).interval,
                  .strict = bounded(strict(definition, frame, worst)).interval};
  return with_interval(*plain.value, ends.joined(definition.contrast),
                       plain.interval + ", the worse of two");
}

}  // namespace

Disparity evaluate(const DisparityDefinition& definition, const MetricFrame& frame) {
  using Joined = DisparityDefinition::Joined;
  std::vector<Estimate> parts;
  for (const std::size_t m : definition.metrics) {
    parts.push_back(contrasted(definition.contrast, frame, frame.metrics[m]));
    if (!parts.back().value) return {definition.name, parts.back()};
  }
  switch (definition.joined) {
    case Joined::kAlone: return {definition.name, parts.front()};
    case Joined::kWorst: return {definition.name, worst_of(definition, frame, parts)};
    case Joined::kMean: return {definition.name, mean_of(definition, frame, parts)};
  }
  return {definition.name, undefined("")};
}

std::vector<double> bare_values(const MetricFrame& frame) {
  std::vector<double> values;
  for (const GroupMetric& metric : frame.metrics) {
    std::ranges::copy(bare_values(metric), std::back_inserter(values));
  }
  return values;
}

FixedDisparity::FixedDisparity(const DisparityDefinition& definition,
                               std::span<const double> values, std::size_t groups)
    : contrast_(definition.contrast), line_(groups + 1) {
  for (const std::size_t metric : definition.metrics) {
    parts_.push_back({metric, compared(contrast_, values.subspan(metric * line_, line_))});
  }
  if (definition.joined != DisparityDefinition::Joined::kWorst) return;
  std::vector<double> of_parts;
  for (const Part& part : parts_) {
    of_parts.push_back(
        contrasted(contrast_, part.which, values.subspan(part.metric * line_, line_)));
  }
  parts_ = {parts_[worst_of(contrast_, of_parts)]};
}

double FixedDisparity::value(std::span<const double> values) const {
  double sum = 0;
  for (const Part& part : parts_) {
    sum += contrasted(contrast_, part.which, values.subspan(part.metric * line_, line_));
  }
  return sum / static_cast<double>(parts_.size());
}

std::vector<Disparity> metric_disparities(const MetricFrame& frame) {
  std::vector<Disparity> disparities;
  for (const DisparityDefinition& definition : contrast_definitions(frame)) {
    disparities.push_back(evaluate(definition, frame));
  }
  return disparities;
}

}  // namespace af::audit

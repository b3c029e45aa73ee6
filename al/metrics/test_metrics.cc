#include "al/metrics/test_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace af::al {
namespace {

using Value = std::optional<double>;
constexpr std::size_t kCalibrationBins = 15;

/// All values of f(0) .. f(count-1), or nothing if one is undefined.
template <class F>
std::optional<std::vector<double>> all_of(std::size_t count, F f) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    const Value value = f(i);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

Value mean(const std::optional<std::vector<double>>& values) {
  if (!values) return std::nullopt;
  double sum = 0;
  for (const double value : *values) sum += value;
  return sum / static_cast<double>(values->size());
}

Value spread(const std::optional<std::vector<double>>& values) {
  if (!values) return std::nullopt;
  const auto [low, high] = std::ranges::minmax(*values);
  return high - low;
}

Value larger(const Value& a, const Value& b) {
  if (!a || !b) return std::nullopt;
  return std::max(*a, *b);
}

template <class Rate>
Value largest_group_spread(const Confusion& counts, Rate rate) {
  Value largest = 0.0;
  for (std::size_t label = 0; label < counts.classes(); ++label) {
    largest = larger(
        largest,
        spread(all_of(counts.groups(), [&](std::size_t group) { return rate(label, group); })));
  }
  return largest;
}

Value equalized_odds_difference(const Confusion& counts) {
  // The TPR of a class within a group is the accuracy of their cell.
  const Value tpr = largest_group_spread(
      counts, [&](std::size_t y, std::size_t g) { return counts.cell_accuracy(y, g); });
  const Value fpr = largest_group_spread(
      counts, [&](std::size_t y, std::size_t g) { return counts.false_positive_rate(y, g); });
  return larger(tpr, fpr);
}

Value negative_log_likelihood(const Predictions& p) {
  if (p.labels.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < p.labels.size(); ++i) {
    sum -= p.log_probabilities[i * p.class_count + p.labels[i]];
  }
  return sum / static_cast<double>(p.labels.size());
}

Value expected_calibration_error(const Predictions& p) {
  if (p.labels.empty()) return std::nullopt;
  // In each bin, rows right minus the sum of their confidences: |accuracy - confidence| * rows.
  std::vector<double> excess(kCalibrationBins);
  for (std::size_t i = 0; i < p.labels.size(); ++i) {
    const double confidence = std::exp(p.log_probabilities[i * p.class_count + p.predicted[i]]);
    const auto bin = static_cast<std::size_t>(confidence * kCalibrationBins);
    const double right = p.predicted[i] == p.labels[i] ? 1 : 0;
    excess[std::min(bin, kCalibrationBins - 1)] += right - confidence;
  }
  double sum = 0;
  for (const double value : excess) sum += std::abs(value);
  return sum / static_cast<double>(p.labels.size());
}

Value brier_score(const Predictions& p) {
  if (p.labels.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < p.log_probabilities.size(); ++i) {
    const double truth = p.labels[i / p.class_count] == i % p.class_count ? 1 : 0;
    const double error = std::exp(p.log_probabilities[i]) - truth;
    sum += error * error;
  }
  return sum / static_cast<double>(p.labels.size());
}

void add_overall(const Predictions& predictions, const Confusion& counts,
                 std::vector<NamedMetric>& metrics) {
  const std::size_t classes = counts.classes();
  const Value recall = mean(all_of(classes, [&](auto y) { return counts.class_accuracy(y); }));
  metrics.emplace_back("accuracy", counts.accuracy());
  metrics.emplace_back("balanced_accuracy", recall);
  metrics.emplace_back("macro_precision",
                       mean(all_of(classes, [&](auto y) { return counts.precision(y); })));
  metrics.emplace_back("macro_recall", recall);
  metrics.emplace_back("macro_f1", mean(all_of(classes, [&](auto y) { return counts.f1(y); })));
  metrics.emplace_back("nll", negative_log_likelihood(predictions));
  metrics.emplace_back("ece", expected_calibration_error(predictions));
  metrics.emplace_back("brier", brier_score(predictions));
}

void add_disparities(const Confusion& counts, std::vector<NamedMetric>& metrics) {
  const auto cells = all_of(counts.classes() * counts.groups(), [&](std::size_t i) {
    return counts.cell_accuracy(i / counts.groups(), i % counts.groups());
  });
  Value worst;
  Value ratio;
  if (cells) {
    const auto [low, high] = std::ranges::minmax(*cells);
    worst = low;
    if (high > 0) ratio = low / high;
  }
  metrics.emplace_back("worst_group_accuracy", worst);
  metrics.emplace_back("group_gap", spread(cells));
  metrics.emplace_back("group_ratio", ratio);
  metrics.emplace_back("equalized_odds_difference", equalized_odds_difference(counts));
  metrics.emplace_back("demographic_parity_difference",
                       largest_group_spread(counts, [&](std::size_t y, std::size_t g) {
                         return counts.selection_rate(y, g);
                       }));
}

void add_accuracies(const Confusion& counts, const Factor& target, const Factor& group,
                    std::vector<NamedMetric>& metrics) {
  const auto add = [&](const std::string& what, const Value& value) {
    metrics.emplace_back("accuracy_" + what, value);
  };
  const auto name = [](const Factor& factor, std::size_t i) {
    return fmt::format("{}_{}", factor.name, factor.vocabulary[i]);
  };
  for (std::size_t y = 0; y < target.size(); ++y) add(name(target, y), counts.class_accuracy(y));
  for (std::size_t g = 0; g < group.size(); ++g) add(name(group, g), counts.group_accuracy(g));
  for (std::size_t y = 0; y < target.size(); ++y) {
    for (std::size_t g = 0; g < group.size(); ++g) {
      add(name(target, y) + "_" + name(group, g), counts.cell_accuracy(y, g));
    }
  }
}

}  // namespace

std::vector<NamedMetric> test_metrics(const Predictions& predictions, const Factor& target,
                                      const Factor& group) {
  const Confusion counts(predictions);
  std::vector<NamedMetric> metrics;
  add_overall(predictions, counts, metrics);
  add_disparities(counts, metrics);
  add_accuracies(counts, target, group, metrics);
  return metrics;
}

std::vector<std::string> test_metric_names(const Factor& target, const Factor& group) {
  const Predictions nothing{.class_count = target.size(), .group_count = group.size()};
  std::vector<std::string> names;
  for (const auto& [name, value] : test_metrics(nothing, target, group)) names.push_back(name);
  return names;
}

}  // namespace af::al

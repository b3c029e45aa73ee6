#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace af::al {

/// Tests of one seed, step by step. A value is empty where it is undefined.
struct LearningCurve {
  std::vector<std::int64_t> labelled;  ///< Rows labelled at each step, rising.
  std::vector<std::optional<double>> accuracy;
  std::vector<std::optional<double>> worst_group_accuracy;
  std::vector<std::optional<double>> group_gap;
  std::vector<std::optional<double>> equalized_odds_difference;
  std::vector<std::optional<double>> nll;
  std::vector<std::optional<double>> ece;
  std::vector<std::optional<double>> brier;
};

/// From the lines of metrics.csv of one seed, by the names of the columns.
[[nodiscard]] LearningCurve learning_curve(const std::string& header,
                                           const std::vector<std::string>& lines);

/// Area under the budget curve: the mean of a value over the labelled rows from the first step to
/// the last, by trapezoids; of an accuracy in [0, 1]. Empty with one step, or if a step has no
/// value. Source: Zhan et al. 2021 (IJCAI), "A comparative survey: benchmarking for pool-based
/// active learning", section 4.
[[nodiscard]] std::optional<double> area_under_budget_curve(
    const std::vector<std::int64_t>& labelled, const std::vector<std::optional<double>>& values);

/// Labelled rows at the first step whose accuracy is at least `target`; empty if none is.
[[nodiscard]] std::optional<std::int64_t> labels_to_reach(const LearningCurve& curve,
                                                          double target);

}  // namespace af::al

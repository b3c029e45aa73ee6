#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/metrics/confusion.h"
#include "audit/metrics/metric_frame.h"

namespace af::audit {

/// A metric of the rows of one group, with its estimate and as a bare number (NaN: undefined).
struct PredictionMetric {
  std::string name;
  std::function<Measure(const Confusion&)> measure;
  std::function<double(const Confusion&)> value;
};

/// Where a cell of the table lies in the confusions.
struct CellPlace {
  std::size_t group = 0;
  std::size_t label = 0;
  std::size_t prediction = 0;
};

/// What a table of predictions says about its groups.
struct PredictionAudit {
  std::vector<std::string> classes;     ///< Of label and prediction together, sorted.
  std::optional<std::string> positive;  ///< Empty if there are more than two and none was named.
  MetricFrame frame;
  std::vector<Disparity> disparities;  ///< The named ones, then every contrast of every metric.

  std::vector<PredictionMetric> metrics;         ///< Of the frame, in its order.
  std::vector<DisparityDefinition> definitions;  ///< Of the first disparities that have one.
  /// Of the last disparities: of the confusions of all groups, NaN where undefined.
  std::vector<std::function<double(std::span<const Confusion>)>> indices;
  std::vector<CellPlace> places;  ///< [cells of the table]
};

/// Metrics by group and the disparities between the groups. With two classes the second in sorted
/// order (1 of 0 and 1) is the positive one unless `positive` names another; with more and none
/// named, every class is set against the rest and its metrics are called `M[class]`.
/// mean_prediction is the mean of the predicted classes if all classes are numbers.
///   demographic_parity    differences and ratios of selection_rate
///   equal_opportunity     of true_positive_rate (Hardt et al. 2016, Def. 2.2)
///   equalized_odds        the worse of true_positive_rate's and false_positive_rate's
///                         (Hardt et al. 2016, Def. 2.1; max-min over G groups as fairlearn)
///   equalized_odds_mean   their mean
///   predictive_parity     of precision (Chouldechova 2017, "Fair prediction with disparate
///   impact",
///                         Def. 2)
///   between_group_*       audit/metrics/benefit_inequality.h
/// @param table  Its factors: the group columns, the label, the prediction.
/// @throws InputError if it has no rows, or no prediction is a label (another coding);
///         ConfigError if `positive` is no class.
[[nodiscard]] PredictionAudit audit_predictions(const ContingencyTable& table,
                                                const std::optional<std::string>& positive);

/// [values of the label] Which of them are the positive class.
/// @param audit  Made of the table; it has a positive class.
[[nodiscard]] std::vector<bool> positive_labels(const ContingencyTable& table,
                                                const PredictionAudit& audit);

}  // namespace af::audit

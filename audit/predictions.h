#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/contingency_table.h"
#include "audit/metric_frame.h"

namespace af::audit {

/// What a table of predictions says about its groups.
struct PredictionAudit {
  std::vector<std::string> classes;     ///< Of label and prediction together, sorted.
  std::optional<std::string> positive;  ///< Empty if there are more than two and none was named.
  MetricFrame frame;
  std::vector<Disparity> disparities;  ///< fairlearn's by name, then M_difference, M_ratio.
};

/// Metrics by group and the disparities between the groups. With two classes the second in sorted
/// order (1 of 0 and 1) is the positive one unless `positive` names another; with more and none
/// named, every class is set against the rest and its metrics are called `M[class]`.
///   demographic_parity    differences and ratios of selection_rate
///   equal_opportunity     of true_positive_rate (Hardt et al. 2016, Def. 2.2)
///   equalized_odds        the worse of true_positive_rate's and false_positive_rate's
///                         (Hardt et al. 2016, Def. 2.1; max-min over G groups as fairlearn)
/// @param table  Its factors: the group columns, the label, the prediction.
/// @throws InputError if it has no rows, or no prediction is a label (another coding);
///         ConfigError if `positive` is no class.
[[nodiscard]] PredictionAudit audit_predictions(const ContingencyTable& table,
                                                const std::optional<std::string>& positive);

}  // namespace af::audit

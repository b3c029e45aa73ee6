#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/contingency_table.h"
#include "audit/estimate.h"
#include "audit/interval.h"

/// Metrics by group and what sets the groups apart, with fairlearn's names and definitions where
/// those are defined. Source: fairlearn 0.15, MetricFrame.
namespace af::audit {

/// One metric of one group.
struct Measure {
  Estimate estimate;
  std::optional<Proportion> proportion;  ///< What it is a share of, if it is one.
};

struct GroupMetric {
  std::string name;
  Measure overall;
  std::vector<Measure> by_group;  ///< In the order of the frame's cells.
};

/// Every metric for every group; a group is a cell of the sensitive columns, empty ones too.
struct MetricFrame {
  ContingencyTable groups;  ///< Rows by group.
  std::vector<GroupMetric> metrics;

  /// Empty if there is no metric of that name.
  [[nodiscard]] const GroupMetric* find(std::string_view name) const;
};

/// A number that compares groups.
struct Disparity {
  std::string name;
  Estimate estimate;
};

/// max_g m_g - min_g m_g. Undefined if the metric is undefined in any group, since leaving that
/// group out would understate the difference, or if there is one group only. For proportions the
/// interval is Newcombe's for the two groups at the ends, taken as if they had been chosen
/// beforehand.
[[nodiscard]] Estimate difference(const MetricFrame& frame, const GroupMetric& metric);

/// min_g m_g / max_g m_g. Undefined as `difference`, and if the metric is 0 in every group.
[[nodiscard]] Estimate ratio(const MetricFrame& frame, const GroupMetric& metric);

/// M_difference and M_ratio for every metric M.
[[nodiscard]] std::vector<Disparity> metric_disparities(const MetricFrame& frame);

}  // namespace af::audit

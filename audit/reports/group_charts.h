#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audit/metrics/metric_frame.h"

/// Charts that several reports share.
namespace af::audit {

/// More groups than this would make a wall of a chart.
inline constexpr std::size_t kMaxDrawnGroups = 60;
inline constexpr std::size_t kMaxDrawnPanels = 24;

/// Which groups a chart shows, in their order: all, or the kMaxDrawnGroups with the most rows.
[[nodiscard]] std::vector<std::size_t> drawn_groups(const ContingencyTable& groups);
/// What to say of that below the chart; nothing if all are drawn.
[[nodiscard]] std::string drawn_words(const ContingencyTable& groups);

/// Forest plot of the metrics, one panel each, with the value of all rows as the dashed line.
/// @param names  Metrics to draw, the first kMaxDrawnPanels of them.
[[nodiscard]] nlohmann::json metrics_chart(const MetricFrame& frame,
                                           const std::vector<std::string>& names);

/// Forest plot of the differences and of the ratios between groups; of many without those of one
/// class against the rest. Null if there are none.
[[nodiscard]] nlohmann::json disparities_chart(const std::vector<Disparity>& disparities);

}  // namespace af::audit

#include "audit/reports/group_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "audit/charts/colours.h"
#include "audit/charts/forest_chart.h"

namespace af::audit {
namespace {

/// Metrics that can be above 1.
bool is_unbounded(const std::string& name) {
  constexpr std::array kNames{"log_loss", "theil_index", "generalized_entropy_index"};
  return std::ranges::find(kNames, name) != kNames.end();
}

ForestPanel panel_of(const MetricFrame& frame, const GroupMetric& metric,
                     const std::vector<std::size_t>& groups) {
  ForestPanel panel{.title = metric.name,
                    .lines = {},
                    .reference = metric.overall.estimate.value,
                    .is_share = !is_unbounded(metric.name)};
  for (const std::size_t g : groups) {
    const std::string name = cell_values(frame.groups, g);
    panel.lines.push_back({.label = name, .colour = name, .estimate = metric.by_group[g].estimate});
  }
  return panel;
}

ForestPanel contrast_panel(const std::vector<Disparity>& disparities, const std::string& ending,
                           double reference, bool one_against_rest) {
  ForestPanel panel{
      .title = ending.substr(1), .lines = {}, .reference = reference, .is_share = false};
  for (const Disparity& one : disparities) {
    if (!one.name.ends_with(ending) || one.name.starts_with("count_")) continue;
    if (!one_against_rest && one.name.find('[') != std::string::npos) continue;
    const std::string name = one.name.substr(0, one.name.size() - ending.size());
    panel.lines.push_back({.label = name, .colour = {}, .estimate = one.estimate});
  }
  return panel;
}

}  // namespace

std::vector<std::size_t> drawn_groups(const ContingencyTable& groups) {
  std::vector<std::size_t> drawn(groups.cells());
  std::iota(drawn.begin(), drawn.end(), std::size_t{0});
  if (drawn.size() <= kMaxDrawnGroups) return drawn;
  std::ranges::stable_sort(
      drawn, [&](std::size_t a, std::size_t b) { return groups.count(a) > groups.count(b); });
  drawn.resize(kMaxDrawnGroups);
  std::ranges::sort(drawn);
  return drawn;
}

std::string drawn_words(const ContingencyTable& groups) {
  if (groups.cells() <= kMaxDrawnGroups) return "";
  return fmt::format(" Drawn are the {} groups with the most rows; the table has all.",
                     kMaxDrawnGroups);
}

nlohmann::json metrics_chart(const MetricFrame& frame, const std::vector<std::string>& names) {
  const std::vector<std::size_t> groups = drawn_groups(frame.groups);
  std::vector<ForestPanel> panels;
  for (const std::string& name : names) {
    const GroupMetric* const metric = frame.find(name);
    if (metric == nullptr || panels.size() == kMaxDrawnPanels) continue;
    panels.push_back(panel_of(frame, *metric, groups));
  }
  if (panels.empty()) return nullptr;
  std::vector<std::string> values;
  for (const std::size_t g : groups) values.push_back(cell_values(frame.groups, g));
  return forest_chart(panels, {.axis = "",
                               .lines = factor_names(frame.groups.factors()),
                               .colours = labelled_colours(values)});
}

nlohmann::json disparities_chart(const std::vector<Disparity>& disparities) {
  const auto panels_of = [&](bool one_against_rest) {
    return std::vector{contrast_panel(disparities, "_difference", 0, one_against_rest),
                       contrast_panel(disparities, "_ratio", 1, one_against_rest)};
  };
  std::vector<ForestPanel> panels = panels_of(true);
  if (panels[0].lines.size() > kMaxDrawnGroups) panels = panels_of(false);
  if (panels[0].lines.empty() || panels[0].lines.size() > kMaxDrawnGroups) return nullptr;
  return forest_chart(panels, {.axis = "", .lines = "", .colours = nullptr});
}

}  // namespace af::audit

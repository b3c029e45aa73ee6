#include "audit/reports/last_step_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "audit/charts/colours.h"
#include "audit/charts/forest_chart.h"
#include "audit/charts/seed_band.h"
#include "audit/reports/findings.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/shown_numbers.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// The count farthest from what labelling at random gives, by its share of that.
std::string cells_finding(const RunFolder& run, const RunAudit& audit) {
  const ContingencyTable cells(run.factors);
  std::string sentence;
  double farthest = 0;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      const double expected = expected_rows(run, run.steps.size() - 1, cell);
      const double mean = heuristic.counts[cell].steps.back().mean;
      if (expected == 0 || std::abs(mean / expected - 1) <= farthest) continue;
      farthest = std::abs(mean / expected - 1);
      sentence = fmt::format("Farthest from labelling at random: {} of {} by {}, expected {}.",
                             shown_number(mean), printable(cell_values(cells, cell), 80),
                             heuristic.name, shown_number(expected));
    }
  }
  return sentence;
}

std::string spread_title(const RunAudit& audit) {
  return band_title(audit.heuristics.front().predictions.size());
}

bool is_named_disparity(std::string_view name) {
  constexpr std::array kNames{"demographic_parity_", "equalized_odds_", "equal_opportunity_",
                              "accuracy_"};
  return std::ranges::any_of(kNames, [&](const char* start) { return name.starts_with(start); });
}

/// The value of a disparity of groups that are alike; none of the values of one group.
std::optional<double> alike(std::string_view name) {
  if (name.find("_ratio") != std::string_view::npos) return 1.0;
  if (name.find("_difference") != std::string_view::npos) return 0.0;
  return std::nullopt;
}

/// What a mean and its ends are.
std::string means_words(const RunAudit& audit) {
  const std::size_t seeds = audit.heuristics.front().predictions.size();
  if (seeds < 2) return "Of the single seed.";
  return fmt::format("Means over {} seeds; intervals: {}.", seeds, band_name(seeds));
}

/// "accuracy goes from 0.5243 (entropy) to 0.5463 (random)."
/// @param estimate  estimate(heuristic) -> its value.
template <class Of>
std::string range_over(const RunAudit& audit, const std::string& what, Of estimate) {
  std::vector<Named> values;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    values.push_back({.name = heuristic.name, .estimate = estimate(heuristic)});
  }
  return range_sentence(what, values);
}

/// Nothing, in a column of texts or of numbers.
Field blank_like(const Field& field) {
  return std::holds_alternative<std::string>(field) ? Field(std::string()) : Field();
}

/// The heuristics' columns, the last ones, below each other where they would be too wide beside
/// each other.
void stack_heuristics(Table& table, const RunAudit& audit) {
  constexpr std::size_t kBeside = 2;
  const std::size_t heuristics = audit.heuristics.size();
  if (heuristics <= kBeside) return;
  const std::size_t keys = table.columns.size() - heuristics;
  Table stacked{
      .columns = {table.columns.begin(),
                  table.columns.begin() + std::ssize(table.columns) - std::ssize(audit.heuristics)},
      .rows = {},
      .interval_title = table.interval_title};
  stacked.columns.insert(stacked.columns.end(), {"heuristic", "mean"});
  for (const std::vector<Field>& row : table.rows) {
    for (std::size_t h = 0; h < heuristics; ++h) {
      std::vector<Field>& line = stacked.rows.emplace_back();
      for (std::size_t key = 0; key < keys; ++key)
        line.push_back(h == 0 ? row[key] : blank_like(row[key]));
      line.insert(line.end(), {audit.heuristics[h].name, row[keys + h]});
    }
  }
  table = std::move(stacked);
}

/// A panel with a line for each heuristic.
/// @param estimate  estimate(heuristic) -> its value with the ends of its band.
template <class Of>
ForestPanel heuristics_panel(const RunAudit& audit, const std::string& title, Of estimate) {
  ForestPanel panel{.title = title, .lines = {}, .reference = {}, .is_share = false};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    panel.lines.push_back(
        {.label = heuristic.name, .colour = heuristic.name, .estimate = estimate(heuristic)});
  }
  return panel;
}

nlohmann::json heuristics_chart(std::vector<ForestPanel> panels, const RunAudit& audit) {
  if (panels.empty()) return nullptr;
  panels.resize(std::min(panels.size(), kMaxDrawnPanels));
  const std::vector<std::string> names = audit.heuristic_names();
  return forest_chart(panels, {.axis = "",
                               .lines = "heuristic",
                               .colours = names.size() <= kHues ? heuristic_colours(names)
                                                                : nlohmann::json(nullptr)});
}

Exhibit last_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{
      .title = "Last step",
      .says = fmt::format("With {} labelled rows. {}", run.labelled.back(), means_words(audit)),
      .table = {.columns = {"at the last step"}, .rows = {}, .interval_title = spread_title(audit)},
      .chart = {}};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.columns.push_back(heuristic.name);
  }
  std::vector<ForestPanel> panels;
  const auto add = [&](const std::string& title, auto curve) {
    const auto last = [&](const HeuristicAudit& heuristic) {
      return with_band(curve(heuristic).steps.back());
    };
    auto& row = exhibit.table.rows.emplace_back();
    row.emplace_back(title);
    for (const HeuristicAudit& heuristic : audit.heuristics) row.push_back(last(heuristic));
    panels.push_back(heuristics_panel(audit, title, last));
    if (title == "accuracy") exhibit.finding = range_over(audit, title, last);
  };
  for (const ShownMetric& metric : kShownMetrics) {
    const auto at = run.metric(metric.name);
    if (at) add(metric.title, [&](const HeuristicAudit& h) { return h.metrics[*at]; });
  }
  add("minority share", [](const HeuristicAudit& h) { return h.minority_share; });
  exhibit.chart = heuristics_chart(std::move(panels), audit);
  stack_heuristics(exhibit.table, audit);
  return exhibit;
}

Exhibit cells_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{.title = "Labelled rows by cell at the last step",
                  .says = fmt::format("{}{}", means_words(audit),
                                      run.pool ? " Expected is the count if labelled at random "
                                                 "from the pool."
                                               : ""),
                  .table = {.columns = {}, .rows = {}, .interval_title = spread_title(audit)},
                  .chart = {},
                  .marks = run.pool ? "Dashed: expected." : "",
                  .finding = run.pool ? cells_finding(run, audit) : ""};
  const ContingencyTable cells(run.factors);
  std::vector<ForestPanel> panels;
  for (const Factor& factor : run.factors) exhibit.table.columns.push_back(factor.name);
  exhibit.table.columns.emplace_back("in the pool");
  if (run.pool) exhibit.table.columns.emplace_back("expected");
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.columns.push_back(heuristic.name);
  }
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    auto& row = exhibit.table.rows.emplace_back();
    const std::vector<std::size_t> codes = cells.codes(cell);
    for (std::size_t f = 0; f < codes.size(); ++f) {
      row.emplace_back(run.factors[f].values[codes[f]]);
    }
    row.emplace_back(std::string(audit.minority[cell] ? "minority" : "majority"));
    if (run.pool) row.emplace_back(expected_rows(run, run.steps.size() - 1, cell));
    const auto last = [&](const HeuristicAudit& heuristic) {
      return with_band(heuristic.counts[cell].steps.back());
    };
    for (const HeuristicAudit& heuristic : audit.heuristics) row.push_back(last(heuristic));
    panels.push_back(heuristics_panel(audit, cell_values(cells, cell), last));
    if (run.pool) panels.back().reference = expected_rows(run, run.steps.size() - 1, cell);
  }
  exhibit.chart = heuristics_chart(std::move(panels), audit);
  stack_heuristics(exhibit.table, audit);
  return exhibit;
}

Exhibit disparities_exhibit(const RunAudit& audit) {
  Exhibit exhibit{
      .title = "Disparities of the test predictions",
      .says = means_words(audit) +
              " Undefined if it is for any seed. The JSON form has those of every metric.",
      .table = {.columns = {"between groups"}, .rows = {}, .interval_title = spread_title(audit)},
      .chart = {},
      .marks = "Dashed: groups alike."};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.columns.push_back(heuristic.name);
  }
  std::vector<ForestPanel> panels;
  for (std::size_t d = 0; d < audit.heuristics.front().disparities.size(); ++d) {
    const std::string& name = audit.heuristics.front().disparities[d].name;
    if (!is_named_disparity(name)) continue;
    auto& row = exhibit.table.rows.emplace_back();
    row.emplace_back(name);
    const auto last = [&](const HeuristicAudit& heuristic) {
      return with_band(heuristic.disparities[d].summary);
    };
    for (const HeuristicAudit& heuristic : audit.heuristics) row.push_back(last(heuristic));
    panels.push_back(heuristics_panel(audit, name, last));
    panels.back().reference = alike(name);
    if (name == "demographic_parity_difference" || name == "equalized_odds_difference") {
      exhibit.finding +=
          fmt::format("{}{}", exhibit.finding.empty() ? "" : " ", range_over(audit, name, last));
    }
  }
  exhibit.chart = heuristics_chart(std::move(panels), audit);
  stack_heuristics(exhibit.table, audit);
  return exhibit;
}

}  // namespace

void add_last_step(Report& report, const RunFolder& run, const RunAudit& audit) {
  report.exhibits.push_back(last_exhibit(run, audit));
  report.exhibits.push_back(cells_exhibit(run, audit));
}

void add_run_disparities(Report& report, const RunAudit& audit) {
  report.exhibits.push_back(disparities_exhibit(audit));
}

}  // namespace af::audit

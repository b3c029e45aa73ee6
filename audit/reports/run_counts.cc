#include "audit/reports/run_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "audit/charts/colours.h"
#include "audit/reports/curve_exhibit.h"

namespace af::audit {
namespace {

/// Each class is a row of panels, each group a line; with more the page would be a wall of them.
constexpr std::size_t kMaxPanels = 12;
constexpr std::size_t kMaxLines = 12;

std::vector<std::string> group_names(const ContingencyTable& cells) {
  std::vector<std::string> names;
  for (std::size_t group = 0; group < cells.stride(0); ++group) {
    const std::string cell = cell_values(cells, group);  // Of the first class: "a, blue".
    names.push_back(cell.substr(cells.factors()[0].values[0].size() + 2));
  }
  return names;
}

/// The groups with the most labelled rows at the last step of all heuristics, by name.
std::set<std::string> largest_groups(const RunAudit& audit,
                                     const std::vector<std::string>& groups) {
  std::vector<std::pair<double, std::string>> rows;
  for (const std::string& group : groups) rows.emplace_back(0.0, group);
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    for (std::size_t cell = 0; cell < heuristic.counts.size(); ++cell) {
      rows[cell % groups.size()].first -= heuristic.counts[cell].steps.back().mean;
    }
  }
  std::ranges::stable_sort(rows, {}, &std::pair<double, std::string>::first);
  rows.resize(std::min(rows.size(), kMaxLines));
  std::set<std::string> largest;
  for (const auto& [size, group] : rows) largest.insert(group);
  return largest;
}

std::string left_out(std::size_t classes, std::size_t groups) {
  std::string words;
  if (classes > kMaxPanels) words += fmt::format(" The first {} classes.", kMaxPanels);
  if (groups > kMaxLines) {
    words += fmt::format(" The {} groups with the most labelled rows.", kMaxLines);
  }
  return words;
}

}  // namespace

Exhibit counts_exhibit(const RunFolder& run, const RunAudit& audit) {
  const ContingencyTable cells(run.factors);
  const std::vector<std::string> groups = group_names(cells);
  const std::set<std::string> drawn = largest_groups(audit, groups);
  const Factor& target = run.factors[0];
  std::vector<CurveLine> lines;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      const std::size_t value = cell / groups.size();
      if (value >= kMaxPanels) break;
      if (!drawn.contains(groups[cell % groups.size()])) continue;
      lines.push_back({.heuristic = heuristic.name,
                       .row = target.name + " " + target.values[value],
                       .column = heuristic.name,
                       .colour = groups[cell % groups.size()],
                       .dash = audit.minority[cell] ? "minority" : "majority",
                       .curve = &heuristic.counts[cell]});
    }
  }
  const std::string group_name = factor_names(std::span(run.factors).subspan(1));
  std::vector<std::string> names;
  std::ranges::copy_if(groups, std::back_inserter(names),
                       [&](const std::string& group) { return drawn.contains(group); });
  Exhibit exhibit = curve_exhibit(
      run, fmt::format("Labelled rows by {} and {}", target.name, group_name),
      fmt::format("How many rows of each {} and {} a heuristic has labelled. Dashed: a "
                  "minority, with less than its even share of the class in the pool.{}",
                  target.name, group_name, left_out(target.values.size(), groups.size())),
      lines,
      {.y = "labelled rows",
       .colour = group_name,
       .colours = value_colours(names),
       .from_zero = true,
       .dashes = true},
      false);
  exhibit.finding = fmt::format("Share of minority rows with {} labelled: {}.", run.labelled.back(),
                                last_values(audit, minority_share));
  return exhibit;
}

}  // namespace af::audit

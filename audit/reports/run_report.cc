#include "audit/reports/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "audit/charts/colours.h"
#include "audit/charts/run_charts.h"
#include "audit/reports/findings.h"
#include "audit/reports/run_document.h"
#include "audit/reports/run_tables.h"
#include "audit/runs/run_audit.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// A metric that is drawn, and what it is.
struct DrawnMetric {
  const char* name;
  const char* title;
  const char* axis;
  const char* says;
};

constexpr std::array kDrawnMetrics{
    DrawnMetric{"nll", "Test loss", "negative log-likelihood",
                "Mean negative log-likelihood of the test labels; lower is better."},
    DrawnMetric{"accuracy", "Test accuracy", "accuracy", "Share of the test rows predicted right."},
    DrawnMetric{"worst_group_accuracy", "Worst group", "accuracy of the worst group",
                "Accuracy of the test rows of the class and group that are predicted worst."},
    DrawnMetric{"group_gap", "Gap between groups", "gap in accuracy",
                "Largest minus smallest accuracy over the test rows of each class and group."},
};

/// Each class is a row of panels, each group a line; with more the page would be a wall of them.
constexpr std::size_t kMaxPanels = 12;
constexpr std::size_t kMaxLines = 12;

std::size_t seed_count(const RunFolder& run) { return run.heuristics.front().seeds.size(); }

/// Every number behind a chart: one row a line and step.
Table curves_table(const RunFolder& run, const std::vector<CurveLine>& lines) {
  const bool cells = !lines.front().row.empty();
  Table table{.columns = {"heuristic"}, .rows = {}, .interval_title = band_title(seed_count(run))};
  if (cells) table.columns.insert(table.columns.end(), {"class", "group"});
  table.columns.insert(table.columns.end(), {"step", "labelled", "mean", "min", "max", "sd"});
  for (const CurveLine& line : lines) {
    for (std::size_t s = 0; s < run.steps.size(); ++s) {
      const Summary& at = line.curve->steps[s];
      std::vector<Field>& row = table.rows.emplace_back();
      row.emplace_back(line.heuristic);
      if (cells) row.insert(row.end(), {line.row, line.colour});
      row.insert(row.end(), {run.steps[s], run.labelled[s]});
      if (at.n == 0) {
        row.insert(row.end(), {at.estimate, Field(), Field(), Field()});
      } else {
        row.insert(row.end(), {with_band(at), at.min, at.max, at.n > 1 ? Field(at.sd) : Field()});
      }
    }
  }
  return table;
}

Exhibit curves(const RunFolder& run, std::string title, const std::string& says,
               const std::vector<CurveLine>& lines, const CurveLook& look, bool narrow) {
  return {.title = std::move(title),
          .says = says + " " + band_words(seed_count(run)),
          .table = curves_table(run, lines),
          .chart = curve_chart(run.steps, lines, look),
          .shown = Shown::kPage,
          .narrow = narrow};
}

/// "With 600 labelled rows: bald 0.9470, random 0.9007."
/// @param of  of(heuristic) -> its curve.
template <class Of>
std::string last_sentence(const RunFolder& run, const RunAudit& audit, Of of) {
  std::vector<Named> last;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    last.push_back({.name = heuristic.name, .estimate = of(heuristic).steps.back().estimate});
  }
  return fmt::format("With {} labelled rows: {}.", run.labelled.back(), values_words(last));
}

/// One line a heuristic, coloured by it.
/// @param of  of(heuristic) -> its curve.
template <class Of>
Exhibit heuristic_curves(const RunFolder& run, const RunAudit& audit, const DrawnMetric& drawn,
                         bool from_zero, Of of) {
  std::vector<CurveLine> lines;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    lines.push_back({.heuristic = heuristic.name,
                     .row = {},
                     .column = {},
                     .colour = heuristic.name,
                     .dash = {},
                     .curve = &of(heuristic)});
  }
  Exhibit exhibit = curves(run, drawn.title, drawn.says, lines,
                           {.y = drawn.axis,
                            .colour = "heuristic",
                            .colours = heuristic_colours(audit.heuristic_names()),
                            .from_zero = from_zero},
                           true);
  exhibit.finding = last_sentence(run, audit, of);
  return exhibit;
}

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
  return curves(run, fmt::format("Labelled rows by {} and {}", target.name, group_name),
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
}

/// The labelled size is the same for all heuristics and seeds of a comparison.
Exhibit size_exhibit(const RunFolder& run) {
  Table table{.columns = {"step", "labelled"}, .rows = {}};
  nlohmann::json data = nlohmann::json::array();
  for (std::size_t s = 0; s < run.steps.size(); ++s) {
    table.rows.push_back({run.steps[s], run.labelled[s]});
    data.push_back({{"step", run.steps[s]}, {"labelled", run.labelled[s]}});
  }
  return {.title = "Labelled size",
          .says = "Rows labelled at each acquisition step, the same for every heuristic and seed.",
          .table = std::move(table),
          .chart = size_chart(std::move(data)),
          .shown = Shown::kPage,
          .narrow = true,
          .finding = fmt::format("From {} to {} rows in {} steps.", run.labelled.front(),
                                 run.labelled.back(), run.steps.size() - 1)};
}

/// The heuristics' drift with that of labelling at random, which is no heuristic's.
Exhibit drift_curves(const RunFolder& run, const RunAudit& audit) {
  constexpr DrawnMetric kDrift{
      "", "Drift from the pool", "total variation",
      "Share of the labelled rows that would have to be in another cell to be like the pool. At "
      "random: what a random draw of as many rows gives on average."};
  const std::string at_random = "(at random)";
  Curve expected;
  for (const double value : audit.total_variation_at_random) {
    const std::optional<double> one(value);
    expected.steps.push_back(summarise(std::span(&one, 1)));
  }
  std::vector<std::string> names = audit.heuristic_names();
  names.push_back(at_random);
  std::vector<CurveLine> lines;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    lines.push_back({.heuristic = heuristic.name,
                     .colour = heuristic.name,
                     .curve = &heuristic.total_variation});
  }
  lines.push_back({.heuristic = at_random, .colour = at_random, .curve = &expected});
  nlohmann::json colours = heuristic_colours(names);
  colours["range"].back() = "var(--soft)";
  Exhibit exhibit = curves(
      run, kDrift.title, kDrift.says, lines,
      {.y = kDrift.axis, .colour = "heuristic", .colours = std::move(colours), .from_zero = true},
      true);
  exhibit.finding = last_sentence(
      run, audit, [](const HeuristicAudit& h) -> const Curve& { return h.total_variation; });
  return exhibit;
}

}  // namespace

Report run_report(const RunFolder& run, const std::optional<std::string>& positive,
                  IntervalMethod method) {
  const RunAudit audit = audit_run(run, positive);
  const auto minority = [](const HeuristicAudit& heuristic) -> const Curve& {
    return heuristic.minority_share;
  };
  Exhibit counts = counts_exhibit(run, audit);
  counts.finding = "Share of minority rows. " + last_sentence(run, audit, minority);
  Report report{.title = "Run " + run.path.string(),
                .facts = {{"Heuristics", listed(audit.heuristic_names())},
                          {"Seeds", fmt::format("{}", seed_count(run))},
                          {"Steps", fmt::format("{}, from {} to {} labelled rows", run.steps.size(),
                                                run.labelled.front(), run.labelled.back())},
                          {"Pool", run.pool_note}},
                .exhibits = {std::move(counts), size_exhibit(run)},
                .document = run_document(run, audit, method)};
  for (const DrawnMetric& drawn : kDrawnMetrics) {
    const std::optional<std::size_t> at = run.metric(drawn.name);
    if (!at) continue;
    report.exhibits.push_back(heuristic_curves(
        run, audit, drawn, false,
        [&](const HeuristicAudit& heuristic) -> const Curve& { return heuristic.metrics[*at]; }));
  }
  constexpr DrawnMetric kMinority{"", "Share of minority rows", "share of the labelled rows",
                                  "Labelled rows that lie in a minority cell."};
  report.exhibits.push_back(heuristic_curves(run, audit, kMinority, true, minority));
  if (run.pool) report.exhibits.push_back(drift_curves(run, audit));
  add_run_tables(report, run, audit);
  return report;
}

}  // namespace af::audit

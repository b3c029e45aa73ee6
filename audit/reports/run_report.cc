#include "audit/reports/run_report.h"

#include <fmt/format.h>

#include <array>

#include "audit/charts/charts.h"
#include "audit/charts/run_charts.h"
#include "audit/reports/group_tables.h"
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
    DrawnMetric{"group_gap", "Gap between groups", "largest minus smallest accuracy",
                "Largest minus smallest accuracy over the test rows of each class and group."},
};

/// Each class is a row of panels; with more the page would be a wall of them.
constexpr std::size_t kMaxPanels = 12;

std::vector<std::string> heuristic_names(const RunFolder& run) {
  std::vector<std::string> names;
  for (const HeuristicRecord& heuristic : run.heuristics) names.push_back(heuristic.name);
  return names;
}

std::size_t seed_count(const RunFolder& run) { return run.heuristics.front().seeds.size(); }

/// Every number behind a chart: one row a line and step.
Table curves_table(const RunFolder& run, const std::vector<CurveLine>& lines) {
  const bool cells = !lines.front().row.empty();
  Table table{.columns = {"heuristic"}, .rows = {}};
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
        row.insert(row.end(), {at.mean, at.min, at.max, at.n > 1 ? Field(at.sd) : Field()});
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
  return curves(run, drawn.title, drawn.says, lines,
                {.y = drawn.axis,
                 .colour = "heuristic",
                 .colours = heuristic_colours(heuristic_names(run)),
                 .from_zero = from_zero},
                true);
}

std::vector<std::string> group_names(const ContingencyTable& cells) {
  std::vector<std::string> names;
  for (std::size_t group = 0; group < cells.stride(0); ++group) {
    const std::string cell = cell_values(cells, group);  // Of the first class: "a, blue".
    names.push_back(cell.substr(cells.factors()[0].values[0].size() + 2));
  }
  return names;
}

Exhibit counts_exhibit(const RunFolder& run, const RunAudit& audit) {
  const ContingencyTable cells(run.factors);
  const std::vector<std::string> groups = group_names(cells);
  const Factor& target = run.factors[0];
  std::vector<CurveLine> lines;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      const std::size_t value = cell / groups.size();
      if (value >= kMaxPanels) break;
      lines.push_back({.heuristic = heuristic.name,
                       .row = target.name + " " + target.values[value],
                       .column = heuristic.name,
                       .colour = groups[cell % groups.size()],
                       .dash = audit.minority[cell] ? "minority" : "majority",
                       .curve = &heuristic.counts[cell]});
    }
  }
  const std::string group_name = factor_names(std::span(run.factors).subspan(1));
  const std::string first =
      target.values.size() > kMaxPanels ? fmt::format(" The first {} classes.", kMaxPanels) : "";
  return curves(run, fmt::format("Labelled rows by {} and {}", target.name, group_name),
                fmt::format("How many rows of each {} and {} a heuristic has labelled. Dashed: a "
                            "minority, with less than its even share of the class in the pool.{}",
                            target.name, group_name, first),
                lines,
                {.y = "labelled rows",
                 .colour = group_name,
                 .colours = value_colours(groups),
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
          .narrow = true};
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
  std::vector<std::string> names = heuristic_names(run);
  names.push_back(at_random);
  std::vector<CurveLine> lines;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    lines.push_back({.heuristic = heuristic.name,
                     .colour = heuristic.name,
                     .curve = &heuristic.total_variation});
  }
  lines.push_back({.heuristic = at_random, .colour = at_random, .curve = &expected});
  return curves(run, kDrift.title, kDrift.says, lines,
                {.y = kDrift.axis,
                 .colour = "heuristic",
                 .colours = heuristic_colours(names),
                 .from_zero = true},
                true);
}

}  // namespace

Report run_report(const RunFolder& run, const std::optional<std::string>& positive,
                  IntervalMethod method) {
  const RunAudit audit = audit_run(run, positive);
  Report report{.title = "Run " + run.path.string(),
                .facts = {{"Heuristics", listed(heuristic_names(run))},
                          {"Seeds", fmt::format("{}", seed_count(run))},
                          {"Steps", fmt::format("{}, from {} to {} labelled rows", run.steps.size(),
                                                run.labelled.front(), run.labelled.back())},
                          {"Pool", run.pool_note}},
                .exhibits = {counts_exhibit(run, audit), size_exhibit(run)},
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
  report.exhibits.push_back(heuristic_curves(
      run, audit, kMinority, true,
      [](const HeuristicAudit& heuristic) -> const Curve& { return heuristic.minority_share; }));
  if (run.pool) report.exhibits.push_back(drift_curves(run, audit));
  add_run_tables(report, run, audit);
  return report;
}

}  // namespace af::audit

#include "audit/reports/run_curves.h"

#include <fmt/format.h>

#include <array>

#include "audit/charts/colours.h"
#include "audit/reports/curve_exhibit.h"
#include "audit/reports/run_counts.h"

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

/// One line a heuristic, coloured by it.
Exhibit heuristic_curves(const RunFolder& run, const RunAudit& audit, const DrawnMetric& drawn,
                         bool from_zero, const CurveOf& of) {
  std::vector<CurveLine> lines;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    lines.push_back({.heuristic = heuristic.name,
                     .row = {},
                     .column = {},
                     .colour = heuristic.name,
                     .dash = {},
                     .curve = &of(heuristic)});
  }
  Exhibit exhibit = curve_exhibit(run, drawn.title, drawn.says, lines,
                                  {.y = drawn.axis,
                                   .colour = "heuristic",
                                   .colours = heuristic_colours(audit.heuristic_names()),
                                   .from_zero = from_zero},
                                  true);
  exhibit.finding = last_sentence(run, audit, of);
  return exhibit;
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
  Exhibit exhibit = curve_exhibit(
      run, kDrift.title, kDrift.says, lines,
      {.y = kDrift.axis, .colour = "heuristic", .colours = std::move(colours), .from_zero = true},
      true);
  exhibit.finding = last_sentence(
      run, audit, [](const HeuristicAudit& h) -> const Curve& { return h.total_variation; });
  return exhibit;
}

}  // namespace

void add_curves(Report& report, const RunFolder& run, const RunAudit& audit) {
  report.exhibits.push_back(counts_exhibit(run, audit));
  report.exhibits.push_back(size_exhibit(run));
  for (const DrawnMetric& drawn : kDrawnMetrics) {
    const std::optional<std::size_t> at = run.metric(drawn.name);
    if (!at) continue;
    report.exhibits.push_back(heuristic_curves(
        run, audit, drawn, false,
        [&](const HeuristicAudit& heuristic) -> const Curve& { return heuristic.metrics[*at]; }));
  }
  constexpr DrawnMetric kMinority{"", "Share of minority rows", "share of the labelled rows",
                                  "Labelled rows that lie in a minority cell."};
  report.exhibits.push_back(heuristic_curves(run, audit, kMinority, true, minority_share));
  if (run.pool) report.exhibits.push_back(drift_curves(run, audit));
}

}  // namespace af::audit

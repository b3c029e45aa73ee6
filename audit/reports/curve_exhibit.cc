#include "audit/reports/curve_exhibit.h"

#include <fmt/format.h>

#include "audit/charts/seed_band.h"
#include "audit/reports/findings.h"

namespace af::audit {
namespace {

std::size_t seed_count(const RunFolder& run) { return run.heuristics.front().seeds.size(); }

/// What the lines and the band of a chart are.
std::string lines_words(std::size_t seeds) {
  if (seeds < 2) return "A single seed, so without a band.";
  return fmt::format("Thick: mean over {} seeds; faint: single seeds; band: {}.", seeds,
                     band_name(seeds));
}

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

}  // namespace

Exhibit curve_exhibit(const RunFolder& run, std::string title, const std::string& says,
                      const std::vector<CurveLine>& lines, const CurveLook& look, bool narrow) {
  return {.title = std::move(title),
          .says = says + " " + lines_words(seed_count(run)),
          .table = curves_table(run, lines),
          .chart = curve_chart(run.steps, lines, look),
          .shown = Shown::kPage,
          .narrow = narrow};
}

std::string last_values(const RunAudit& audit, const CurveOf& of) {
  std::vector<Named> last;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    last.push_back({.name = heuristic.name, .estimate = of(heuristic).steps.back().estimate});
  }
  return values_words(last);
}

std::string last_sentence(const RunFolder& run, const RunAudit& audit, const CurveOf& of) {
  return fmt::format("With {} labelled rows: {}.", run.labelled.back(), last_values(audit, of));
}

const Curve& minority_share(const HeuristicAudit& heuristic) { return heuristic.minority_share; }

}  // namespace af::audit

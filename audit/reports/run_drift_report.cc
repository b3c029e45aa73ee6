#include "audit/reports/run_drift_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/charts/forest_chart.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/test_report.h"

namespace af::audit {
namespace {

using FirstStep = std::optional<std::size_t>;

/// "3 of 5" seeds, and the steps at which they first drifted.
struct OverSeeds {
  std::string seeds;
  Field earliest;
  Field median;
  Field labelled;
};

/// @param first  of(seed's FirstSteps) -> its first step.
template <class Of>
OverSeeds over_seeds(const RunFolder& run, const HeuristicAudit& heuristic, Of of) {
  std::vector<std::size_t> steps;
  for (const FirstSteps& seed : heuristic.first_drift) {
    if (const FirstStep& step = of(seed)) steps.push_back(*step);
  }
  OverSeeds result{.seeds = fmt::format("{} of {}", steps.size(), heuristic.first_drift.size())};
  if (steps.empty()) return result;
  std::ranges::sort(steps);
  const std::size_t median = steps[(steps.size() - 1) / 2];  // The lower one of two.
  result.earliest = run.steps[steps.front()];
  result.median = run.steps[median];
  result.labelled = run.labelled[median];
  return result;
}

Exhibit first_steps_exhibit(const RunFolder& run, const RunAudit& audit) {
  const ContingencyTable cells(run.factors);
  Exhibit exhibit{
      .title = "When the labelled rows drift from the pool",
      .says = fmt::format(
          "First step at which a cell's labelled rows are too many or too few for a random draw "
          "from the pool: exact hypergeometric tests, Holm over the cells, {:g} spent equally over "
          "the {} steps, so that all of a seed's cells and steps together alarm falsely with at "
          "most that chance. Median (lower) and rows labelled then, of the seeds that drifted.",
          kDriftAlpha, run.steps.size()),
      .table = {.columns = {"heuristic", factor_names(run.factors), "seeds", "earliest", "median",
                            "labelled"},
                .rows = {}},
      .chart = {}};
  const auto add = [&](const std::string& name, std::string cell, OverSeeds seeds) {
    exhibit.table.rows.push_back({name, std::move(cell), std::move(seeds.seeds), seeds.earliest,
                                  seeds.median, seeds.labelled});
  };
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    add(heuristic.name, "(any)",
        over_seeds(run, heuristic, [](const FirstSteps& seed) { return seed.any; }));
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      add("", cell_values(cells, cell),
          over_seeds(run, heuristic, [&](const FirstSteps& seed) { return seed.cells[cell]; }));
    }
  }
  return exhibit;
}

/// The interval of the mean is Student's, as its p-value: with too few seeds for one it is left
/// out.
Estimate shown_difference(const PairedComparison& pair) {
  Estimate shown = pair.difference.estimate;
  if (pair.difference.n < kSeedsForPairedT) shown.low.reset();
  if (!shown.low) shown.high.reset();
  return shown;
}

std::string pair_name(const RunFolder& run, const PairedComparison& pair) {
  return run.heuristics[pair.first].name + " - " + run.heuristics[pair.second].name;
}

/// A panel for each measure, a line for each pair; null if there are too many pairs.
nlohmann::json comparisons_chart(const RunFolder& run, const RunAudit& audit) {
  std::vector<ForestPanel> panels;
  for (const PairedComparison& pair : audit.comparisons) {
    if (panels.empty() || panels.back().title != pair.measure) {
      panels.push_back({.title = pair.measure, .lines = {}, .reference = 0.0, .is_share = false});
    }
    panels.back().lines.push_back(
        {.label = pair_name(run, pair), .colour = {}, .estimate = shown_difference(pair)});
  }
  if (panels.front().lines.size() > kMaxDrawnGroups) return nullptr;
  return forest_chart(panels, {.axis = "", .lines = "", .colours = nullptr});
}

/// How many of the paired t tests tell the heuristics apart.
std::string comparisons_finding(const RunAudit& audit) {
  std::size_t tested = 0;
  std::size_t apart = 0;
  for (const PairedComparison& pair : audit.comparisons) {
    if (!pair.t_test.p_holm) continue;
    ++tested;
    if (*pair.t_test.p_holm < 0.05) ++apart;
  }
  if (tested == 0) return "Too few seeds to test any of the differences.";
  return fmt::format("{} of {} differences differ from 0 at 5 % (paired t, Holm).", apart, tested);
}

Exhibit comparisons_exhibit(const RunFolder& run, const RunAudit& audit) {
  Exhibit exhibit{
      .title = "Heuristics compared at the last step, paired by seed",
      .says =
          "Mean over the seeds of the first heuristic's value minus the second's. p of the "
          "paired t and of the exact signed rank test; Holm: adjusted for all tests of the "
          "column before it.",
      .table = {.columns = {"measure", "heuristics", "difference", "t: p", "Holm", "ranks: p",
                            "Holm"},
                .rows = {}},
      .chart = comparisons_chart(run, audit),
      .marks = "Dashed: no difference; hollow: too few seeds for an interval.",
      .finding = comparisons_finding(audit)};
  std::string measure;
  for (const PairedComparison& pair : audit.comparisons) {
    exhibit.table.rows.push_back({pair.measure == measure ? std::string() : pair.measure,
                                  pair_name(run, pair), shown_difference(pair),
                                  p_field(pair.t_test), holm_field(pair.t_test),
                                  p_field(pair.signed_ranks), holm_field(pair.signed_ranks)});
    measure = pair.measure;
  }
  return exhibit;
}

Json step_json(const RunFolder& run, const FirstStep& step) {
  return step ? Json(run.steps[*step]) : Json(nullptr);
}

}  // namespace

void add_drift_tables(Report& report, const RunFolder& run, const RunAudit& audit) {
  if (run.pool) report.exhibits.push_back(first_steps_exhibit(run, audit));
  if (!audit.comparisons.empty()) report.exhibits.push_back(comparisons_exhibit(run, audit));
}

Json drift_json(const RunFolder& run, const RunAudit& audit) {
  if (!run.pool) return nullptr;
  const ContingencyTable table(run.factors);
  Json by_seed = Json::array();
  for (std::size_t h = 0; h < audit.heuristics.size(); ++h) {
    const auto& seeds = audit.heuristics[h].first_drift;
    for (std::size_t s = 0; s < seeds.size(); ++s) {
      Json cells = Json::array();
      for (std::size_t cell = 0; cell < table.cells(); ++cell) {
        Json entry = cell_json(table, cell);
        add_member(entry, "first_step", step_json(run, seeds[s].cells[cell]));
        cells.push_back(std::move(entry));
      }
      by_seed.push_back({{"heuristic", run.heuristics[h].name},
                         {"seed", run.heuristics[h].seeds[s].seed},
                         {"first_step", step_json(run, seeds[s].any)},
                         {"cells", std::move(cells)}});
    }
  }
  return {{"alpha", kDriftAlpha},
          {"correction",
           "exact hypergeometric test of each cell; Holm over the cells; alpha spent equally over "
           "the steps"},
          {"by_seed", std::move(by_seed)}};
}

Json comparisons_json(const RunFolder& run, const RunAudit& audit) {
  Json list = Json::array();
  for (const PairedComparison& pair : audit.comparisons) {
    list.push_back({{"measure", pair.measure},
                    {"first", run.heuristics[pair.first].name},
                    {"second", run.heuristics[pair.second].name},
                    {"difference", estimate_json(pair.difference.estimate)},
                    {"seeds", pair.difference.n},
                    {"tests", {test_json(pair.t_test), test_json(pair.signed_ranks)}}});
  }
  return list;
}

}  // namespace af::audit

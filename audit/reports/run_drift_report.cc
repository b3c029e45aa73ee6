#include "audit/reports/run_drift_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "audit/charts/matrix_chart.h"
#include "audit/reports/group_charts.h"

namespace af::audit {
namespace {

using FirstStep = std::optional<std::size_t>;

constexpr const char* kAnyCell = "(any)";

/// Every seed's first step in a cell, as a position among the steps, the earliest first; those that
/// never drifted are left out.
/// @param cell  Empty: in any.
std::vector<std::size_t> first_steps(const HeuristicAudit& heuristic,
                                     std::optional<std::size_t> cell) {
  std::vector<std::size_t> steps;
  for (const FirstSteps& seed : heuristic.first_drift) {
    if (const FirstStep& step = cell ? seed.cells[*cell] : seed.any) steps.push_back(*step);
  }
  std::ranges::sort(steps);
  return steps;
}

/// "1 (2 seeds), 6".
std::string steps_words(const RunFolder& run, std::span<const std::size_t> steps) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < steps.size();) {
    const auto same = static_cast<std::size_t>(std::ranges::count(steps, steps[i]));
    parts.push_back(same == 1 ? fmt::format("{}", run.steps[steps[i]])
                              : fmt::format("{} ({} seeds)", run.steps[steps[i]], same));
    i += same;
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<Field> first_steps_row(const RunFolder& run, const HeuristicAudit& heuristic,
                                   std::optional<std::size_t> cell, const std::string& name) {
  const std::vector<std::size_t> steps = first_steps(heuristic, cell);
  std::vector<Field> row{cell ? std::string() : heuristic.name, name,
                         fmt::format("{} of {}", steps.size(), heuristic.first_drift.size()),
                         steps_words(run, steps)};
  if (steps.empty()) {
    row.insert(row.end(), {Field(), Field()});
  } else {
    const std::size_t median = steps[(steps.size() - 1) / 2];  // The lower one of two.
    row.insert(row.end(), {run.steps[median], run.labelled[median]});
  }
  return row;
}

/// How many seeds have drifted by each step: a panel for each heuristic.
nlohmann::json first_steps_chart(const RunFolder& run, const RunAudit& audit) {
  const ContingencyTable cells(run.factors);
  constexpr std::size_t kMostSteps = 30;
  if (cells.cells() > kMaxDrawnGroups || run.steps.size() > kMostSteps ||
      audit.heuristics.size() > kMaxDrawnPanels) {
    return nullptr;
  }
  MatrixLook look;
  look.rows = {.title = factor_names(run.factors), .labels = {kAnyCell}};
  look.columns.title = "acquisition step";
  look.value = "seeds";
  look.format = "d";
  look.most = static_cast<double>(audit.heuristics.front().first_drift.size());
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    look.rows.labels.push_back(cell_values(cells, cell));
  }
  for (const std::uint64_t step : run.steps) {
    look.columns.labels.push_back(fmt::format("{}", step));
  }
  std::vector<MatrixPanel> panels;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    MatrixPanel& panel = panels.emplace_back(MatrixPanel{.title = heuristic.name, .fields = {}});
    for (std::size_t row = 0; row < look.rows.labels.size(); ++row) {
      const std::vector<std::size_t> first =
          first_steps(heuristic, row == 0 ? std::nullopt : std::optional(row - 1));
      for (std::size_t step = 0; step < run.steps.size(); ++step) {
        const auto drifted = std::ranges::upper_bound(first, step) - first.begin();
        panel.fields.push_back({.row = look.rows.labels[row],
                                .column = look.columns.labels[step],
                                .value = static_cast<double>(drifted)});
      }
    }
  }
  return matrix_chart(panels, look);
}

/// "bald drifts in 2 of 5 seeds, the first at step 1; random in none."
std::string first_steps_finding(const RunFolder& run, const RunAudit& audit) {
  std::vector<std::string> parts;
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    const std::vector<std::size_t> steps = first_steps(heuristic, std::nullopt);
    const std::string when =
        steps.empty() ? "no seed"
                      : fmt::format("{} of {} seeds, the first at step {}", steps.size(),
                                    heuristic.first_drift.size(), run.steps[steps.front()]);
    parts.push_back(
        fmt::format("{}{} in {}", heuristic.name, parts.empty() ? " drifts" : "", when));
  }
  return fmt::format("{}.", fmt::join(parts, "; "));
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
      .table = {.columns = {"heuristic", factor_names(run.factors), "seeds", "first steps",
                            "median", "labelled"},
                .rows = {}},
      .chart = first_steps_chart(run, audit),
      .marks = "Drawn: how many seeds have drifted by each step.",
      .finding = first_steps_finding(run, audit)};
  for (const HeuristicAudit& heuristic : audit.heuristics) {
    exhibit.table.rows.push_back(first_steps_row(run, heuristic, std::nullopt, kAnyCell));
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      exhibit.table.rows.push_back(first_steps_row(run, heuristic, cell, cell_values(cells, cell)));
    }
  }
  return exhibit;
}

Json step_json(const RunFolder& run, const FirstStep& step) {
  return step ? Json(run.steps[*step]) : Json(nullptr);
}

}  // namespace

void add_first_drift(Report& report, const RunFolder& run, const RunAudit& audit) {
  if (run.pool) report.exhibits.push_back(first_steps_exhibit(run, audit));
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

}  // namespace af::audit

#include "audit/reports/run_comparison_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/charts/forest_chart.h"
#include "audit/charts/matrix_chart.h"
#include "audit/reports/group_charts.h"
#include "audit/reports/shown_numbers.h"
#include "audit/reports/test_report.h"

namespace af::audit {
namespace {

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

/// Panels of the shares; null of more heuristics than a matrix has room for.
nlohmann::json penalties_chart(const RunAudit& audit) {
  constexpr std::size_t kMostHeuristics = 24;
  const std::vector<std::string> names = audit.heuristic_names();
  if (names.size() > kMostHeuristics) return nullptr;
  std::vector<MatrixPanel> panels;
  for (const PenaltyMatrix& matrix : audit.penalties) {
    MatrixPanel& panel = panels.emplace_back(MatrixPanel{.title = matrix.measure, .fields = {}});
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (std::size_t j = 0; j < names.size(); ++j) {
        if (i == j) continue;
        panel.fields.push_back({.row = names[i], .column = names[j], .value = matrix.shares[i][j]});
      }
    }
  }
  return matrix_chart(panels, {.rows = {.title = "better", .labels = names},
                               .columns = {.title = "than", .labels = names},
                               .value = "share",
                               .format = ".2f",
                               .most = 1});
}

/// "accuracy: bald is beaten least, at 0.0 % of the steps (mean over the others), entropy most, at
/// 16.7 %."
std::string penalties_finding(const RunAudit& audit) {
  const std::vector<std::string> names = audit.heuristic_names();
  std::vector<std::string> sentences;
  for (const PenaltyMatrix& matrix : audit.penalties) {
    std::vector<double> beaten;
    for (std::size_t h = 0; h < names.size(); ++h) beaten.push_back(matrix.mean_against(h));
    const auto [least, most] = std::ranges::minmax_element(beaten);
    if (*most == 0) {
      sentences.push_back(matrix.measure + ": none is better than another at any step.");
      continue;
    }
    const auto name = [&](auto at) { return names[static_cast<std::size_t>(at - beaten.begin())]; };
    sentences.push_back(fmt::format(
        "{}: {} is beaten least, at {} of the steps (mean over the others), {} most, "
        "at {}.",
        matrix.measure, name(least), shown_share(*least), name(most), shown_share(*most)));
  }
  return fmt::format("{}", fmt::join(sentences, " "));
}

Exhibit penalties_exhibit(const RunAudit& audit) {
  Exhibit exhibit{
      .title = "How often one heuristic beats another",
      .says = fmt::format("Pairwise penalty matrix (Ash et al. 2020): share of the {} steps behind "
                          "the first at which the heuristic of the row is better than that of the "
                          "column (paired t over the seeds, p below 0.05, not adjusted).",
                          audit.penalties.front().steps),
      .table = {.columns = {"measure", "better"}, .rows = {}},
      .chart = penalties_chart(audit),
      .finding = penalties_finding(audit)};
  const std::vector<std::string> names = audit.heuristic_names();
  for (const std::string& name : names) exhibit.table.columns.push_back("than " + name);
  for (const PenaltyMatrix& matrix : audit.penalties) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto& row = exhibit.table.rows.emplace_back();
      row = {i == 0 ? matrix.measure : std::string(), names[i]};
      for (std::size_t j = 0; j < names.size(); ++j) {
        row.emplace_back();
        if (i != j) row.back() = matrix.shares[i][j];
      }
    }
  }
  return exhibit;
}

}  // namespace

void add_comparisons(Report& report, const RunFolder& run, const RunAudit& audit) {
  if (!audit.comparisons.empty()) report.exhibits.push_back(comparisons_exhibit(run, audit));
  if (!audit.penalties.empty()) report.exhibits.push_back(penalties_exhibit(audit));
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

Json penalties_json(const RunFolder& run, const RunAudit& audit) {
  Json list = Json::array();
  for (const PenaltyMatrix& matrix : audit.penalties) {
    for (std::size_t i = 0; i < run.heuristics.size(); ++i) {
      for (std::size_t j = 0; j < run.heuristics.size(); ++j) {
        if (i == j) continue;
        list.push_back({{"measure", matrix.measure},
                        {"better", run.heuristics[i].name},
                        {"than", run.heuristics[j].name},
                        {"share", matrix.shares[i][j]}});
      }
    }
  }
  return list;
}

}  // namespace af::audit

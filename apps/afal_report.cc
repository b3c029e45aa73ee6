#include "apps/afal_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace af::apps {
namespace {

using al::HeuristicSummary;
using al::RunSummary;
using al::SeedStatistic;

std::string cell(const SeedStatistic& statistic) {
  if (!statistic.mean) return "undefined";
  if (!statistic.low) return fmt::format("{:.3f}", *statistic.mean);
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", *statistic.mean, *statistic.low, *statistic.high);
}

std::string cell(const al::PairedTest& test) {
  if (!test.difference.mean) return "undefined";
  const std::string p = test.p_holm ? fmt::format("p {:.2g}", *test.p_holm) : "p undefined";
  return fmt::format("{:+.3f}, {}", *test.difference.mean, p);
}

/// Width of the longest name, and of one in a pair.
std::size_t name_width(const RunSummary& summary) {
  std::size_t width = std::string("heuristic").size();
  for (const HeuristicSummary& one : summary.heuristics) {
    width = std::max(width, one.heuristic.size());
  }
  return width;
}

/// A line of a table whose columns are the metrics.
struct MetricRow {
  std::string label;
  std::vector<std::string> cells;
};

/// Prints a few metrics at a time, so that the table fits a terminal.
void print_metrics(const std::string& corner, std::size_t label_width,
                   const std::vector<MetricRow>& rows) {
  constexpr std::size_t kAtOnce = 3;
  constexpr int kWidth = 25;
  const std::vector<std::string> names = al::summary_metrics();
  for (std::size_t first = 0; first < names.size(); first += kAtOnce) {
    const std::size_t end = std::min(first + kAtOnce, names.size());
    if (first > 0) fmt::print("\n");
    fmt::print("{:<{}}", corner, label_width);
    for (std::size_t i = first; i < end; ++i) fmt::print("  {:>{}}", names[i], kWidth);
    fmt::print("\n");
    for (const MetricRow& row : rows) {
      fmt::print("{:<{}}", row.label, label_width);
      for (std::size_t i = first; i < end; ++i) fmt::print("  {:>{}}", row.cells[i], kWidth);
      fmt::print("\n");
    }
  }
}

template <class Values>
std::vector<std::string> cells_of(const Values& values) {
  std::vector<std::string> cells;
  for (const auto& value : values) cells.push_back(cell(value));
  return cells;
}

void print_summaries(const RunSummary& summary) {
  const std::size_t width = name_width(summary);
  std::vector<MetricRow> rows;
  for (const HeuristicSummary& one : summary.heuristics) {
    rows.push_back({fmt::format("{:<{}} {:>8}", one.heuristic, width, one.labelled),
                    cells_of(one.statistics)});
  }
  const std::string corner = fmt::format("{:<{}} {:>8}", "heuristic", width, "labelled");
  print_metrics(corner, corner.size(), rows);
}

void print_pairs(const RunSummary& summary) {
  std::vector<MetricRow> rows;
  for (const al::HeuristicPair& pair : summary.pairs) {
    rows.push_back({pair.first + " - " + pair.second, cells_of(pair.tests)});
  }
  fmt::print("\nDifference of the means, and p of a paired t-test over the seeds (Holm):\n");
  print_metrics("", 2 * name_width(summary) + 3, rows);
}

void print_penalties(const RunSummary& summary, const al::PenaltyMatrix& matrix,
                     const char* metric) {
  const std::size_t width = name_width(summary);
  fmt::print(
      "\nShare of the steps at which the row is significantly better than the column in {}:\n",
      metric);
  fmt::print("{:<{}}", "", width);
  for (const HeuristicSummary& one : summary.heuristics) {
    fmt::print("  {:>{}}", one.heuristic, width);
  }
  fmt::print("\n");
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    fmt::print("{:<{}}", summary.heuristics[i].heuristic, width);
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      const std::string text = i == j ? "-" : fmt::format("{:.2f}", matrix[i][j]);
      fmt::print("  {:>{}}", text, width);
    }
    fmt::print("\n");
  }
}

void print_reach(const RunSummary& summary) {
  const std::size_t width = name_width(summary);
  for (std::size_t k = 0; k < summary.heuristics.front().reach.size(); ++k) {
    fmt::print("\nLabels to an accuracy of {:g}, median over the seeds:\n",
               summary.heuristics.front().reach[k].accuracy);
    for (const HeuristicSummary& one : summary.heuristics) {
      const al::Reach& reach = one.reach[k];
      const std::string labels =
          reach.median_labels ? fmt::format("{:g}", *reach.median_labels) : "not reached";
      fmt::print("{:<{}}  {:>11}  (by {} seeds)\n", one.heuristic, width, labels,
                 reach.seeds_reached);
    }
  }
}

}  // namespace

void print_table(const al::ExperimentOutcome& outcome, const std::filesystem::path& folder) {
  const RunSummary& summary = outcome.summary;
  print_summaries(summary);
  if (!summary.pairs.empty()) print_pairs(summary);
  if (summary.heuristics.size() > 1 && !summary.accuracy_penalties.empty()) {
    print_penalties(summary, summary.accuracy_penalties, "accuracy");
    print_penalties(summary, summary.worst_group_penalties, "worst-group accuracy");
  }
  print_reach(summary);
  fmt::print("\nMeans with 95 % intervals over {} seed{}; minority share of the pool: {:.3f}.\n",
             summary.seeds, summary.seeds == 1 ? "" : "s", outcome.pool_minority_share);
  if (outcome.was_finished) fmt::print("The run was finished already; nothing was done.\n");
  fmt::print("{}\n", folder.string());
}

void print_seconds(const al::ExperimentOutcome& outcome) {
  const al::StageSeconds& seconds = outcome.seconds;
  fmt::print(stderr,
             "afal: all steps: {:.1f} s training, {:.1f} s scoring, {:.1f} s choosing, {:.1f} s "
             "testing\n",
             seconds.train, seconds.score, seconds.choose, seconds.test);
}

}  // namespace af::apps

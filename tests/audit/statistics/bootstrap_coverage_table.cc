#include "tests/audit/statistics/bootstrap_coverage_table.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "tests/audit/statistics/bootstrap_coverage.h"

namespace af::test {
namespace {

void print_rows(CoveredFigure figure, const char* name, std::uint64_t experiments, int replicates) {
  for (const std::uint64_t rows : {20U, 100U, 1'000U}) {
    fmt::print("| {} | {} |", name, rows);
    for (const double p : {0.02, 0.2, 0.5}) {
      const Coverage found = coverage({figure, rows, p, experiments, replicates});
      if (found.with_interval < 0.5) {
        fmt::print(" none in {:.0f} % |", 100 * (1 - found.with_interval));
      } else {
        fmt::print(" {:.1f} % of {:.0f} % |", 100 * found.covered, 100 * found.with_interval);
      }
      std::fflush(stdout);
    }
    fmt::print("\n");
  }
}

}  // namespace

void print_bootstrap_coverage(std::uint64_t experiments, int replicates) {
  fmt::print(
      "## Bootstrap\n\n{} simulated samples of n rows a figure, {} replicates each: a standard "
      "error "
      "of\n{:.1f} percentage points. \"of 90 %\": the samples that had an interval at all; \"none "
      "in 84 "
      "%\":\nnearly all had none, and those that did are no fair sample. `p` is the share of "
      "positive\n"
      "labels, or the first of two groups' rates (the second's is 0.8 p).\n\n",
      experiments, replicates, 100 * std::sqrt(0.05 * 0.95 / static_cast<double>(experiments)));
  constexpr std::array kFigures{
      std::pair{CoveredFigure::kF1, "F1, BCa"},
      std::pair{CoveredFigure::kBalancedAccuracy, "balanced accuracy, BCa"},
      std::pair{CoveredFigure::kDifference, "difference, Newcombe"}};
  fmt::print("| figure | n | p = .02 | p = .2 | p = .5 |\n|---|---|---|---|---|\n");
  for (const auto& [figure, name] : kFigures) print_rows(figure, name, experiments, replicates);
  fmt::print("\n");
}

}  // namespace af::test

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "tests/audit/bootstrap_coverage.h"

/// bootstrap_coverage [EXPERIMENTS [REPLICATES]]: the coverage table of docs/afaudit.md. Takes minutes.
int main(int argc, char** argv) {
  using af::test::CoveredFigure;
  const std::uint64_t experiments = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const int replicates = argc > 2 ? std::atoi(argv[2]) : 500;
  constexpr std::array kFigures{
      std::pair{CoveredFigure::kF1, "F1, BCa"},
      std::pair{CoveredFigure::kBalancedAccuracy, "balanced accuracy, BCa"},
      std::pair{CoveredFigure::kSelectionRatio, "selection rate ratio, BCa"},
      std::pair{CoveredFigure::kDifference, "difference, Newcombe"}};
  fmt::print("| figure | n | p = .02 | p = .2 | p = .5 |\n|---|---|---|---|---|\n");
  for (const auto& [figure, name] : kFigures) {
    for (const std::uint64_t rows : {20U, 100U, 1'000U}) {
      fmt::print("| {} | {} |", name, rows);
      for (const double p : {0.02, 0.2, 0.5}) {
        const af::test::Coverage found =
            af::test::coverage({figure, rows, p, experiments, replicates});
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
}

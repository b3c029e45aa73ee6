#pragma once

#include <cstdint>
#include <filesystem>

namespace af::test {

struct CoverageRun {
  std::uint64_t experiments = 20'000;  ///< A cell of the table.
  int replicates = 1'000;              ///< An experiment.
  std::filesystem::path log;           ///< What was simulated, to go on from; none if empty.
};

/// Print how often the intervals of an audit's figures hold the true value, as sections of
/// docs/audit-intervals.md.
void print_prediction_coverage(const CoverageRun& run);
void print_score_coverage(const CoverageRun& run);

}  // namespace af::test

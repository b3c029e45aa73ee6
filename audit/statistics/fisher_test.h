#pragma once

#include <cstdint>
#include <optional>

#include "audit/counts/two_way_table.h"
#include "audit/statistics/test_result.h"

namespace af::audit {

struct FisherOptions {
  /// Steps from one partial table to the next that an exact answer may cost; about 0.3 us each.
  std::uint64_t max_steps = 500'000;
  /// Random tables if the exact answer costs more: fewer if they would have more than `max_cells`
  /// cells together, which cost about 0.4 us each, and none if that leaves too few.
  std::uint64_t replicates = 9'999;
  std::uint64_t fewest_replicates = 999;
  std::uint64_t max_cells = 2'000'000;
  std::uint64_t seed = 1;  ///< Of the random tables.
};

/// Fisher's exact test of independence: the probability, given the margins, of all tables that are
/// no more probable than the observed one (up to kTieTolerance). Two by two it is `two_sided_p`.
/// Larger tables are summed exactly by the network algorithm while that costs no more than
/// `max_steps`; beyond, R random tables with these margins give
///   p = (1 + tables no more probable) / (1 + R),  standard error sqrt(p (1-p) / R)
/// with the draws of table i addressed by (seed, i). A table too large for that has no p-value.
/// Source: Freeman and Halton 1951; Mehta and Patel 1983, "A network algorithm for performing
/// Fisher's exact test in r x c contingency tables"; Davison and Hinkley 1997, 4.2, for the 1 +.
[[nodiscard]] TestResult fisher_test(const TwoWayTable& table, const FisherOptions& options = {});

/// The exact p-value of a table without empty rows and columns by the network algorithm; empty if
/// it would cost more than `max_steps`.
[[nodiscard]] std::optional<double> exact_table_p(const TwoWayTable& table,
                                                  std::uint64_t max_steps);

}  // namespace af::audit

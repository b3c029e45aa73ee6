#pragma once

#include <cstdint>
#include <optional>

#include "audit/test_result.h"
#include "audit/two_way_table.h"

namespace af::audit {

struct FisherOptions {
  /// Steps from one partial table to the next that an exact answer may cost; about 0.1 us each.
  std::uint64_t max_steps = 3'000'000;
  std::uint64_t replicates = 9'999;  ///< Random tables if the exact answer costs more.
  std::uint64_t seed = 1;            ///< Of the random tables.
  std::size_t max_cells = 1'000;     ///< Larger tables are not simulated: it would take seconds.
};

/// Fisher's exact test of independence: the probability, given the margins, of all tables that are
/// no more probable than the observed one (up to kTieTolerance). Two by two it is `two_sided_p`.
/// Larger tables are summed exactly by the network algorithm while that costs no more than
/// `max_steps`; beyond, `replicates` random tables with these margins give
///   p = (1 + tables no more probable) / (1 + replicates),  standard error sqrt(p (1-p) /
///   replicates)
/// with the draws of table i addressed by (seed, i).
/// Source: Freeman and Halton 1951; Mehta and Patel 1983, "A network algorithm for performing
/// Fisher's exact test in r x c contingency tables"; Davison and Hinkley 1997, 4.2, for the 1 +.
[[nodiscard]] TestResult fisher_test(const TwoWayTable& table, const FisherOptions& options = {});

/// The exact p-value of a table without empty rows and columns by the network algorithm; empty if
/// it would cost more than `max_steps`.
[[nodiscard]] std::optional<double> exact_table_p(const TwoWayTable& table,
                                                  std::uint64_t max_steps);

}  // namespace af::audit

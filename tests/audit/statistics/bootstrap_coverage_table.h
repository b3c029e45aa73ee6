#pragma once

#include <cstdint>

namespace af::test {

/// Prints how often bootstrap intervals hold the true value as a section of
/// docs/audit-intervals.md.
/// @param experiments  A cell of the table.
/// @param replicates   An experiment.
void print_bootstrap_coverage(std::uint64_t experiments, int replicates);

}  // namespace af::test

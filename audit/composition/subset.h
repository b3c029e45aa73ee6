#pragma once

#include <optional>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/statistics/estimate.h"
#include "audit/statistics/interval.h"
#include "audit/statistics/test_result.h"

namespace af::audit {

/// One cell of a labelled subset against the pool that it was drawn from. Of rows with weights, the
/// shares are those of the weight.
struct SubsetCell {
  std::uint64_t pool = 0;
  std::uint64_t labelled = 0;
  Estimate pool_share;      ///< Exact, so without an interval.
  Estimate labelled_share;  ///< With its interval.
  double expected = 0;      ///< Rows (weight) if labelled at random: labelled rows x pool share.
  /// labelled share / pool share: 1 as at random, above 1 over-represented. Its interval is the
  /// labelled share's over the pool share, which is known. Undefined for a cell empty in the pool.
  Estimate representation;
  TestResult test;  ///< Of hypergeometric_tests.
};

/// How far the labelled rows are from the pool, all cells together.
struct Drift {
  double total_variation = 0;  ///< In [0, 1].
  /// What labelling at random would give on average: exact, as half the sum of the cells' mean
  /// absolute deviations. A small subset is never quite like its pool.
  /// Empty if the rows have weights: which of them are drawn then matters.
  std::optional<double> total_variation_at_random;
  double jensen_shannon = 0;  ///< In [0, 1].
  Estimate psi;
};

/// @param pool, labelled  As of compare_with_pool.
[[nodiscard]] Drift drift_between(const ContingencyTable& pool, const ContingencyTable& labelled);

/// Exact two-sided tests of every cell's labelled rows given those of the pool, with p_holm over
/// the cells. Without a p-value for a cell empty in the pool, or if the rows have weights.
/// @throws InputError if a cell has more labelled rows than the pool has.
[[nodiscard]] std::vector<TestResult> hypergeometric_tests(const ContingencyTable& pool,
                                                           const ContingencyTable& labelled);

/// A labelled subset against its pool, cell by cell.
struct SubsetAudit {
  ContingencyTable pool;
  ContingencyTable labelled;  ///< Same factors.
  IntervalMethod method = IntervalMethod::kWilson;
  std::vector<SubsetCell> cells;
  Drift drift;
  /// Whether all cells together are as if drawn at random: the multivariate hypergeometric test,
  /// which is Fisher's of labelled and other rows by cell. No part of the cells' family.
  TestResult test;
};

/// @param pool, labelled  Tables with the same factors.
/// @throws InputError if either has no rows, or a cell more labelled rows than the pool has.
[[nodiscard]] SubsetAudit compare_with_pool(ContingencyTable pool, ContingencyTable labelled,
                                            IntervalMethod method = IntervalMethod::kWilson);

}  // namespace af::audit

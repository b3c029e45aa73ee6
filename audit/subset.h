#pragma once

#include <vector>

#include "audit/contingency_table.h"
#include "audit/estimate.h"

namespace af::audit {

/// One cell of a labelled subset against the pool that it was drawn from.
struct SubsetCell {
  std::uint64_t pool = 0;
  std::uint64_t labelled = 0;
  Estimate pool_share;      ///< Exact, so without an interval.
  Estimate labelled_share;  ///< With its Wilson interval.
  double expected = 0;      ///< Rows if labelled at random: labelled rows x pool share.
  /// labelled share / pool share: 1 as at random, above 1 over-represented. Its interval is the
  /// labelled share's over the pool share, which is known. Undefined for a cell empty in the pool.
  Estimate representation;
};

/// A labelled subset against its pool, cell by cell.
struct SubsetAudit {
  ContingencyTable pool;
  ContingencyTable labelled;  ///< Same factors.
  std::vector<SubsetCell> cells;
};

/// @param pool, labelled  Tables with the same factors. @throws InputError if either has no rows.
[[nodiscard]] SubsetAudit compare_with_pool(ContingencyTable pool, ContingencyTable labelled);

}  // namespace af::audit

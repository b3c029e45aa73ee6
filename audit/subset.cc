#include "audit/subset.h"

#include <fmt/format.h>

#include <cassert>

#include "audit/interval.h"
#include "core/errors.h"

namespace af::audit {
namespace {

Estimate representation(const SubsetCell& cell) {
  if (cell.pool == 0) return undefined("The pool has no rows of this cell.");
  const double pool_share = *cell.pool_share.value;
  return {.value = *cell.labelled_share.value / pool_share,
          .low = *cell.labelled_share.low / pool_share,
          .high = *cell.labelled_share.high / pool_share,
          .reason = {},
          .interval = "95 % Wilson score interval of the labelled share over the pool's share"};
}

SubsetCell compare(std::uint64_t pool, std::uint64_t pool_rows, std::uint64_t labelled,
                   std::uint64_t labelled_rows) {
  const double pool_share = static_cast<double>(pool) / static_cast<double>(pool_rows);
  SubsetCell cell{
      .pool = pool,
      .labelled = labelled,
      .pool_share = without_interval(pool_share, "none: the whole pool was counted"),
      .labelled_share = estimate({.successes = labelled, .trials = labelled_rows}, "labelled rows"),
      .expected = static_cast<double>(labelled_rows) * pool_share,
      .representation = {}};
  cell.representation = representation(cell);
  return cell;
}

}  // namespace

SubsetAudit compare_with_pool(ContingencyTable pool, ContingencyTable labelled) {
  assert(pool.factors() == labelled.factors());
  if (pool.total() == 0) throw InputError("the pool has no rows");
  if (labelled.total() == 0) throw InputError("the labelled subset has no rows");
  SubsetAudit audit{.pool = std::move(pool), .labelled = std::move(labelled), .cells = {}};
  const std::uint64_t pool_rows = audit.pool.total();
  const std::uint64_t labelled_rows = audit.labelled.total();
  for (std::size_t cell = 0; cell < audit.pool.cells(); ++cell) {
    audit.cells.push_back(
        compare(audit.pool.count(cell), pool_rows, audit.labelled.count(cell), labelled_rows));
  }
  return audit;
}

}  // namespace af::audit

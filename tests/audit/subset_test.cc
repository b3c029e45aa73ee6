#include "audit/subset.h"

#include <gtest/gtest.h>

#include "audit/interval.h"
#include "core/errors.h"

namespace af::audit {
namespace {

ContingencyTable table(const std::vector<std::uint64_t>& counts) {
  ContingencyTable result({{.name = "g", .values = {"u", "v", "w"}}});
  for (std::size_t cell = 0; cell < counts.size(); ++cell) result.add(cell, counts[cell]);
  return result;
}

TEST(Subset, ExpectsEachCellAtItsShareOfThePool) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  EXPECT_DOUBLE_EQ(audit.cells[0].expected, 45.0);
  EXPECT_DOUBLE_EQ(audit.cells[1].expected, 5.0);
  EXPECT_EQ(audit.cells[1].labelled, 20U);
}

TEST(Subset, RepresentationIsLabelledShareOverPoolShare) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  const Estimate& over = audit.cells[1].representation;
  EXPECT_DOUBLE_EQ(*over.value, 0.4 / 0.1);
  EXPECT_DOUBLE_EQ(*over.low, wilson({20, 50}).low / 0.1);
  EXPECT_DOUBLE_EQ(*over.high, wilson({20, 50}).high / 0.1);
}

TEST(Subset, RepresentationOfACellThatThePoolLacksIsUndefined) {
  const SubsetAudit audit = compare_with_pool(table({900, 100, 0}), table({30, 20, 0}));
  EXPECT_FALSE(audit.cells[2].representation.value);
  EXPECT_EQ(audit.cells[2].representation.reason, "The pool has no rows of this cell.");
}

TEST(Subset, OfTheWholePoolIsRepresentedEvenly) {
  const SubsetAudit audit = compare_with_pool(table({7, 2, 4}), table({7, 2, 4}));
  for (const SubsetCell& cell : audit.cells) EXPECT_DOUBLE_EQ(*cell.representation.value, 1.0);
}

TEST(Subset, RefusesASubsetWithoutRows) {
  EXPECT_THROW(static_cast<void>(compare_with_pool(table({7, 2, 4}), table({}))), InputError);
}

}  // namespace
}  // namespace af::audit

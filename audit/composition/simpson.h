#pragma once

#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/statistics/estimate.h"

namespace af::audit {

/// Two groups of one column whose order by P(class | group) is turned round in the strata of
/// another column.
struct SimpsonReversal {
  struct Stratum {
    std::size_t value = 0;  ///< Of the stratum column.
    Estimate difference;  ///< As `overall`, in the stratum; undefined if a group has no rows in it.
  };
  std::size_t target_value = 0;
  std::size_t group_factor = 0;
  std::size_t first = 0;   ///< Group value with the larger share over all rows.
  std::size_t second = 0;  ///< Group value with the smaller.
  std::size_t stratum_factor = 0;
  Estimate overall;  ///< P(class | first) - P(class | second) > 0, with Newcombe's interval.
  std::vector<Stratum> strata;
};

/// Every Simpson's reversal among the columns: over all rows the first group has the larger share
/// of the class, in no stratum where both have rows has it, and in at least one it has a smaller
/// one; at least two strata have rows of both. With two classes only the second is looked at, since
/// the other mirrors it. Whether a difference is more than chance its interval says.
/// Source: Simpson 1951, "The interpretation of interaction in contingency tables"; Blyth 1972.
/// @param cells  First factor: the class; at least two others, else there is none.
[[nodiscard]] std::vector<SimpsonReversal> simpson_reversals(const ContingencyTable& cells);

}  // namespace af::audit

#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/counts/weighted_rows.h"
#include "audit/metrics/predictions.h"
#include "audit/statistics/estimate.h"

namespace af::audit {

/// Two groups whose order by a share is turned round in the strata of another column.
struct SimpsonReversal {
  struct Stratum {
    std::string value;
    Estimate difference;  ///< As `overall`, in the stratum; undefined if a group has no rows in it.
  };
  /// Whose share: class column and class, or "metric" and the metric's name.
  std::pair<std::string, std::string> share_of;
  std::string column;  ///< Of the groups; of several columns their names.
  std::string first;   ///< Group with the larger share over all rows.
  std::string second;  ///< Group with the smaller.
  std::string stratum_column;
  Estimate overall;  ///< Share of first - share of second > 0, with Newcombe's interval.
  std::vector<Stratum> strata;
};

/// Columns with more values, and combinations of columns with more cells, are not looked at: every
/// two of them would be compared in every stratum.
inline constexpr std::size_t kMaxReversalGroups = 1'000;

/// Every Simpson's reversal among the columns: over all rows the first group has the larger share
/// of the class, in no stratum where both have rows has it, and in at least one it has a smaller
/// one; at least two strata have rows of both. With two classes only the second is looked at, since
/// the other mirrors it. Whether a difference is more than chance its interval says.
/// Source: Simpson 1951, "The interpretation of interaction in contingency tables"; Blyth 1972.
/// @param cells  First factor: the class; at least two others, else there is none.
[[nodiscard]] std::vector<SimpsonReversal> simpson_reversals(const ContingencyTable& cells);

/// The same in the strata of one column: of the groups of every other column, and of all of them
/// together.
/// @param cells  Factors: the stratifying column, the class, the groups.
[[nodiscard]] std::vector<SimpsonReversal> stratum_reversals(const ContingencyTable& cells);

/// The same of what predictions do to the groups: selection_rate, true_positive_rate,
/// false_positive_rate and precision of the positive class, and accuracy.
/// @param table  Factors: the stratifying column, the groups, the label, the prediction.
/// @param audit  Of the table without its first factor. Without a positive class only accuracy is
///               looked at.
[[nodiscard]] std::vector<SimpsonReversal> prediction_reversals(const ContingencyTable& table,
                                                                const PredictionAudit& audit);

}  // namespace af::audit

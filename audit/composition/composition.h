#pragma once

#include <optional>
#include <vector>

#include "audit/composition/base_rate_rules.h"
#include "audit/composition/relation.h"
#include "audit/composition/simpson.h"
#include "audit/counts/contingency_table.h"
#include "audit/metrics/metric_frame.h"
#include "audit/metrics/strata.h"
#include "audit/statistics/interval.h"

namespace af::audit {

/// P(outcome = o | condition = c) over the rows, for every pair of values.
struct Conditional {
  std::size_t condition = 0;  ///< Position among the composition's factors.
  std::size_t outcome = 0;
  /// Shares with their intervals, [values of the condition, values of the outcome].
  std::vector<std::vector<Estimate>> shares;
};

/// How unevenly one class is spread over the groups of one column.
struct ClassBias {
  std::size_t target_value = 0;
  std::size_t group_factor = 0;
  std::size_t majority = 0;  ///< Group value with the most rows of the class; the first if tied.
  std::size_t minority = 0;  ///< Group value with the fewest; the last if tied.
  Estimate majority_share;   ///< P(group = majority | class).
  Estimate minority_share;   ///< P(group = minority | class).
};

/// What a table is made of.
struct Composition {
  ContingencyTable cells;  ///< Factors: the target if there is one, the groups.
  bool has_target = false;
  IntervalMethod method = IntervalMethod::kWilson;  ///< Of the shares' intervals.
  std::vector<Estimate> shares;                     ///< Of all rows, by cell.
  std::vector<Conditional> conditionals;            ///< Target given group and group given target.
  std::vector<ClassBias> bias;                      ///< By group column, then by class.
  /// By group: count and `p_TARGET_VALUE`, the base rate of every class.
  MetricFrame frame;
  std::vector<Disparity> disparities;  ///< M_difference and M_ratio of the frame.

  // Of class and groups: empty or undefined without a target.
  std::vector<Estimate> npmi;           ///< By cell: class with all groups together.
  std::vector<Relation> relations;      ///< By group column, then all together.
  std::vector<FourFifths> four_fifths;  ///< By class, between all groups.
  Estimate differential_fairness;       ///< Between all groups; `smoothed`: with a prior of 1.
  Estimate smoothed_fairness;
  std::vector<SimpsonReversal> reversals;
};

/// @param has_target  The first factor is the target, the others are the groups.
/// @throws InputError if there are no rows.
[[nodiscard]] Composition compose(ContingencyTable cells, bool has_target,
                                  IntervalMethod method = IntervalMethod::kWilson);

/// Base rates compared inside the strata of a column: conditional_p_TARGET_VALUE of every class.
/// @param cells  Factors: the stratifying column, the target, the groups.
/// @throws InputError if there are no rows.
[[nodiscard]] StrataAudit composition_strata(const ContingencyTable& cells, IntervalMethod method);

/// How unevenly each class is spread over the groups; empty without a target.
[[nodiscard]] std::vector<ClassBias> class_bias(const ContingencyTable& cells,
                                                IntervalMethod method = IntervalMethod::kWilson);

}  // namespace af::audit

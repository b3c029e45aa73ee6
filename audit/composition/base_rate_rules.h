#pragma once

#include <span>
#include <vector>

#include "audit/counts/two_way_table.h"
#include "audit/statistics/estimate.h"

/// Rules about P(class | group). Tables have a row a class and a column a group.
namespace af::audit {

enum class RuleVerdict { kHolds, kFails, kUndetermined };

/// The rule of four fifths for one class: the smallest base rate of a group is at least 80 % of the
/// largest. Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D (1978).
struct FourFifths {
  std::size_t lowest = 0;   ///< Group with the smallest base rate; the first if tied.
  std::size_t highest = 0;  ///< Group with the largest.
  /// Smallest over largest, with Koopman's interval for these two groups, taken as if they had been
  /// chosen beforehand. Undefined if a group has no rows, there is one group only, or the class has
  /// no rows at all.
  Estimate ratio;
  /// Undetermined if the interval has 0.8 inside, or there is none.
  RuleVerdict verdict = RuleVerdict::kUndetermined;
};

/// The rule for every row of the table.
/// @param rows  [columns] Effective rows of each group, if the table's counts are only proportional
///              to them; empty: the counts are the rows.
[[nodiscard]] std::vector<FourFifths> four_fifths(const TwoWayTable& table,
                                                  std::span<const double> rows = {});

/// Empirical differential fairness: the largest |log P(class | g) / P(class | h)| over classes and
/// groups g, h that have rows, in nats; 0 is no difference. With `prior` > 0,
///   P(class | g) = (n_class,g + prior) / (n_g + prior K)  for K classes.
/// Undefined without two groups, and without a prior if a class lacks rows in a group where another
/// group has some: the logarithm is infinite.
/// Source: Foulds et al. 2020, "An intersectional definition of fairness", Definition 3.1 and
/// Equations 6 and 7.
/// @param rows  As of four_fifths.
[[nodiscard]] Estimate differential_fairness(const TwoWayTable& table, double prior,
                                             std::span<const double> rows = {});

}  // namespace af::audit

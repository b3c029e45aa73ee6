#pragma once

#include <optional>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/counts/two_way_table.h"
#include "audit/statistics/association.h"
#include "audit/statistics/fisher_test.h"
#include "audit/statistics/test_result.h"

namespace af::audit {

/// The class against one group column, or against all of them together.
struct Relation {
  std::vector<std::size_t> groups;  ///< Positions of the group columns among the factors.
  TwoWayTable table;                ///< A row a class, a column a combination of group values.
  std::vector<TestResult> tests;    ///< Chi-square, G, Fisher.
  /// As the function of that name; empty if the rows have weights.
  std::optional<double> smallest_expected;
  Estimate cramers_v;
  Estimate corrected_cramers_v;
  double mutual_information = 0;  ///< In nats.
  double class_entropy = 0;       ///< In nats; the mutual information is at most this.
  double group_entropy = 0;       ///< In nats.
};

/// Rows with weights have measures of association by weight, but no tests and no correction of V:
/// those count rows.
/// Every group column, then all together if there are several. p_holm is adjusted for all tests of
/// all relations, since all are shown together.
/// @param cells  First factor: the class; the others: the groups.
[[nodiscard]] std::vector<Relation> relations_of(const ContingencyTable& cells);

}  // namespace af::audit

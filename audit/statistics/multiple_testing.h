#pragma once

#include <vector>

#include "audit/statistics/test_result.h"

namespace af::audit {

/// Holm's adjusted p-values: with p_(1) <= ... <= p_(m),
///   adjusted_(i) = max_{j <= i} min(1, (m - j + 1) p_(j)).
/// Refusing where adjusted <= alpha keeps the chance of any false refusal at or under alpha,
/// whatever the dependence of the tests.
/// Source: Holm 1979, "A simple sequentially rejective multiple test procedure".
/// @param p  In [0, 1]. @return In the same order.
[[nodiscard]] std::vector<double> holm(const std::vector<double>& p);

/// Fills p_holm of the tests that have a p-value; those are the family.
void adjust_by_holm(const std::vector<TestResult*>& family);

}  // namespace af::audit

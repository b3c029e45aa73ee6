#pragma once

#include "audit/counts/two_way_table.h"
#include "audit/statistics/estimate.h"
#include "audit/statistics/interval.h"

namespace af::audit {

/// Cramer's V = sqrt(X^2 / (N (min(r, c) - 1))), in [0, 1], of a table whose empty rows and columns
/// are left out. Undefined with fewer than two of either. Without interval: it overstates.
[[nodiscard]] Estimate cramers_v(const TwoWayTable& table);

/// Cramer's V without the bias that makes it large in small samples:
///   phi2~ = max(0, X^2/N - (r-1)(c-1)/(N-1)),   r~ = r - (r-1)^2/(N-1),   c~ likewise,
///   V~ = sqrt(phi2~ / (min(r~, c~) - 1)).
/// Its interval inverts the noncentral chi-square distribution: the noncentralities for which X^2
/// is the upper and the lower quantile, over N (min(r~, c~) - 1). It is wider than needed where the
/// association is strong (docs/audit-intervals.md). Undefined also for N = 1.
/// Source: Bergsma 2013, "A bias-correction for Cramer's V and Tschuprow's T"; Smithson 2003,
/// "Confidence Intervals", ch. 4. That the interval shares V~'s denominator is ours.
[[nodiscard]] Estimate corrected_cramers_v(const TwoWayTable& table,
                                           double confidence = kConfidence);

/// The noncentrality >= 0 for which a noncentral chi-square variable is at most `statistic` with
/// this probability; 0 if even the central one is so with less.
[[nodiscard]] double noncentrality(double statistic, double degrees_of_freedom, double probability);

}  // namespace af::audit

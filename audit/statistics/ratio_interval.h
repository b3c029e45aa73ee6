#pragma once

#include "audit/statistics/interval.h"

namespace af::audit {

/// Score interval of p1 / p2 of two independent binomial proportions: all ratios t that the score
/// test does not refuse,
///   |p1 - t p2| <= z sqrt(q1 (1-q1) / n1 + t^2 q2 (1-q2) / n2),
/// with q2 the most likely p2 if p1 = t p2, and q1 = t q2. In [0, infinity).
/// Source: Koopman 1984, "Confidence intervals for the ratio of two binomial proportions".
/// @param second  successes > 0, else the interval has no upper end.
[[nodiscard]] Interval koopman(Proportion first, Proportion second,
                               double confidence = kConfidence);

}  // namespace af::audit

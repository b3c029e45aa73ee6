#pragma once

#include <cstddef>
#include <span>

#include "audit/statistics/test_result.h"

/// Tests of whether differences of pairs lie around 0; two-sided.
namespace af::audit {

/// Differences this much smaller than the largest are 0, and closer ones tied: 0.3 - 0.2 and
/// 0.2 - 0.1 are the same difference.
inline constexpr double kDifferenceTolerance = 1e-12;

/// Student's t = mean sqrt(n) / sd with n - 1 degrees of freedom, exact for normal differences.
/// Without a p-value below two differences or if they have no spread. Source: Student 1908.
[[nodiscard]] TestResult paired_t_test(std::span<const double> differences);

/// Wilcoxon's signed rank statistic, the smaller of the sums of the ranks of positive and negative
/// differences. Zeros are left out, ties get their mean rank. The p-value is exact given the ranks:
/// twice the smaller tail over all 2^n signs. Without one if no difference is left.
/// Source: Wilcoxon 1945; ties and zeros as scipy.stats.wilcoxon has them.
[[nodiscard]] TestResult signed_rank_test(std::span<const double> differences);

/// The smallest p-value that the signed rank test of n differences can give: 2^(1-n).
[[nodiscard]] double smallest_signed_rank_p(std::size_t n);

}  // namespace af::audit

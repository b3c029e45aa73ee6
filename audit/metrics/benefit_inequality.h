#pragma once

#include <span>

#include "audit/metrics/confusion.h"

/// How unequally predictions benefit people. A row's benefit is b = prediction - label + 1 with 1
/// for the positive class: 0 for a false negative, 1 if right, 2 for a false positive.
/// Source: Speicher et al. 2018, "A unified approach to quantifying algorithmic unfairness"
/// (arXiv:1807.00787), section 3 and equation 2.
namespace af::audit {

/// Generalised entropy with alpha = 2:  1/(2n) sum_i ((b_i/mu)^2 - 1), mu the mean benefit.
/// NaN if there are no rows or nobody benefits (mu = 0).
[[nodiscard]] double generalized_entropy_index(const Outcomes& outcomes);

/// Generalised entropy with alpha = 1:  1/n sum_i (b_i/mu) ln(b_i/mu), with 0 ln 0 = 0.
/// NaN as above.
[[nodiscard]] double theil_index(const Outcomes& outcomes);

/// The part of either index that lies between the groups: every row's benefit replaced by the mean
/// of its group. NaN as above; a group without rows has no weight in it.
[[nodiscard]] double between_group_generalized_entropy(std::span<const Outcomes> groups);
[[nodiscard]] double between_group_theil(std::span<const Outcomes> groups);

}  // namespace af::audit

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "audit/runs/heuristic_comparison.h"

namespace af::audit {

/// Pairwise penalty matrix: how often each heuristic is significantly better than each other.
/// Entry (i, j) is the share of the steps behind the first at which i's value is larger than j's by
/// a two-sided paired t test over the seeds with p below 0.05, not adjusted. All heuristics share
/// the first step, which so says nothing. A step at which a seed has no value counts for neither.
/// Source: Ash et al. 2020 (arXiv:1906.03671), section 5, with steps for their settings.
struct PenaltyMatrix {
  std::string measure;
  std::size_t steps = 0;                    ///< Behind the first.
  std::vector<std::vector<double>> shares;  ///< [H, H] In [0, 1]; 0 from a heuristic to itself.

  /// Mean of the others' shares against a heuristic: 0 if none was ever better.
  [[nodiscard]] double mean_against(std::size_t heuristic) const;
};

/// @param steps  Values of a measure that is better if larger, step by step.
[[nodiscard]] PenaltyMatrix penalty_matrix(const std::vector<SeedValues>& steps);

}  // namespace af::audit

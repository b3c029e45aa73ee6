#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/statistics/interval.h"
#include "audit/statistics/test_result.h"

namespace af::audit {

/// One number of every heuristic and seed.
struct SeedValues {
  std::string measure;
  std::vector<std::vector<std::optional<double>>> values;  ///< [heuristics, seeds]
};

/// Two heuristics, seed by seed. All seeds of a comparison share their initial set and weights, so
/// that the difference has less spread than either.
struct PairedComparison {
  std::string measure;
  std::size_t first = 0;  ///< Positions among the heuristics; first < second.
  std::size_t second = 0;
  Summary difference;       ///< First minus second, over the seeds.
  TestResult t_test;        ///< Of fewer than kSeedsForPairedT seeds without p-value.
  TestResult signed_ranks;  ///< Without p-value if it could not reach 0.05: below six seeds.
};

/// Student's t rests on normal differences, which a handful of seeds cannot show.
inline constexpr std::size_t kSeedsForPairedT = 5;

/// Every pair of heuristics by every measure, measure by measure. p_holm of a t test is over all t
/// tests, of a signed rank test over all of those: they are two answers to the same questions, and
/// in one family the few values that a signed rank test of ten seeds can take would never count.
[[nodiscard]] std::vector<PairedComparison> compare_heuristics(
    const std::vector<SeedValues>& measures);

}  // namespace af::audit

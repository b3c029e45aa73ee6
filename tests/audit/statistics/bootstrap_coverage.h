#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// How often the intervals of what an audit reports hold the true value, by simulation: every
/// experiment draws rows and gives them to the audit as a user would.
namespace af::test {

struct CoverageCase {
  std::size_t classes = 2;
  std::uint64_t rows = 100;
  double p = 0.5;           ///< Share of the last class; the others have the rest in equal parts.
  std::uint64_t first = 0;  ///< Number of the first experiment.
  std::uint64_t experiments = 20'000;
  int replicates = 1'000;
};

/// Of one figure, in experiments.
struct Coverage {
  std::string figure;
  std::uint64_t experiments = 0;
  std::uint64_t with_interval = 0;
  std::uint64_t missed = 0;  ///< The interval does not hold the true value.

  /// Share of those with an interval; NaN without any.
  [[nodiscard]] double covered() const;
  /// Shares of all.
  [[nodiscard]] double has_interval() const;
  [[nodiscard]] double misses() const;
};

/// Two groups of about half of the rows each; predictions are right for 80 % of the first group's
/// rows and 70 % of the second's, and otherwise any other class. The true value is that of the
/// expected counts; a difference or a ratio is of the groups in the order in which the sample has
/// them. Experiment i depends on i alone.
/// @param figures  Names of metrics, of all rows, and of disparities.
[[nodiscard]] std::vector<Coverage> prediction_coverage(const CoverageCase& which,
                                                        const std::vector<std::string>& figures);

/// Scores of positive rows have the density 2s, of negative ones 2(1 - s), in two groups alike.
/// Then the area under the curve is 5/6, the log loss 1/2 and the mean score (1 + p) / 3.
[[nodiscard]] std::vector<Coverage> score_coverage(const CoverageCase& which);

}  // namespace af::test

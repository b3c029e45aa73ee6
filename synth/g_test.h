#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace af::synth {

/// Likelihood-ratio test of counts against a given distribution:
///   G = 2 sum_i O_i ln(O_i / E_i),  E_i = n q_i,
/// under the distribution chi-square with one degree of freedom less than cells. That holds for
/// large E_i: cells with E_i < 5 are counted as one, together with the smallest other one if they
/// do not reach 5 themselves; cells with q_i = 0 are none.
/// Source: Sokal and Rohlf, Biometry, chapter 17; Cochran 1954, Biometrics 10, for the 5.
struct GTest {
  double statistic = 0.0;   ///< Infinite if a cell with q_i = 0 was drawn.
  std::size_t degrees = 0;  ///< 0: one cell, or too few rows for two; there is nothing to test.
  double p_value = 1.0;
  /// Chance that a deviation of `effect` is found at `alpha`: G is then non-central chi-square with
  /// non-centrality n effect^2. 0 if there is nothing to test.
  double power = 0.0;
};

/// @param counts  [cells], n in sum, n > 0.
/// @param shares  [cells] q_i, sum 1.
/// @param alpha   In (0, 1).
/// @param effect  Cohen's w = sqrt(sum_i (r_i - q_i)^2 / q_i) of a distribution r; above 0.
[[nodiscard]] GTest g_test(std::span<const std::uint64_t> counts, std::span<const double> shares,
                           double alpha, double effect);

}  // namespace af::synth

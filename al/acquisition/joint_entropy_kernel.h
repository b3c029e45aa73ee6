#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace af::al::acquisition {

/// Weights [M] and posteriors [M, T] of label configurations (label_configurations.h), laid out for
/// the kernel: blocks of configurations, within a block draw by draw, the last one filled up with
/// configurations of weight 0.
struct PackedConfigurations {
  static constexpr std::int64_t kBlock = 64;

  PackedConfigurations(std::span<const double> of_weights, std::span<const double> of_posterior,
                       std::int64_t draw_count);

  std::int64_t draws = 0;
  std::int64_t blocks = 0;
  std::vector<double> weights;    ///< [blocks, kBlock]
  std::vector<double> posterior;  ///< [blocks, T, kBlock]
};

/// For each column p_t(y | x) of T probabilities its part of the expected conditional entropy,
///   -sum_m weight_m q_m log q_m,  q_m = sum_t posterior_mt p_t,
/// so that the parts of a row's classes sum to E H(y | y_1..n). In one pass, without room for the
/// q; the same bits on every x86-64 machine and whatever the other columns are.
/// @param probabilities  [columns, T]
/// @param parts          [columns]
void joint_entropy_parts(const PackedConfigurations& labels, std::span<const double> probabilities,
                         std::span<double> parts);

}  // namespace af::al::acquisition

#include "al/acquisition/joint_entropy_kernel.h"

#include <algorithm>
#include <array>

#include "al/acquisition/vector_math.h"

namespace af::al::acquisition {
namespace {

constexpr auto kBlock = static_cast<std::size_t>(PackedConfigurations::kBlock);

/// sum_m weight_m q_m log q_m over one block.
AF_VECTOR_CLONES double block_sum(const double* __restrict posterior,
                                  const double* __restrict weights, const double* __restrict p,
                                  std::int64_t draws) {
  std::array<double, kBlock> q{};
  const double* a = posterior;
  std::int64_t t = 0;
  for (; t + 4 <= draws; t += 4, a += 4 * kBlock) {  // Four at once load and store q less often.
    for (std::size_t m = 0; m < kBlock; ++m) {
      q[m] += (a[m] * p[t] + a[m + kBlock] * p[t + 1]) +
              (a[m + 2 * kBlock] * p[t + 2] + a[m + 3 * kBlock] * p[t + 3]);
    }
  }
  for (; t < draws; ++t, a += kBlock) {
    for (std::size_t m = 0; m < kBlock; ++m) q[m] += a[m] * p[t];
  }
  for (std::size_t m = 0; m < kBlock; ++m) q[m] *= weights[m] * vector_math::log(q[m]);
  for (std::size_t half = kBlock / 2; half > 0; half /= 2) {
    for (std::size_t m = 0; m < half; ++m) q[m] += q[m + half];
  }
  return q[0];
}

}  // namespace

PackedConfigurations::PackedConfigurations(std::span<const double> of_weights,
                                           std::span<const double> of_posterior,
                                           std::int64_t draw_count)
    : draws(draw_count),
      blocks((static_cast<std::int64_t>(of_weights.size()) + kBlock - 1) / kBlock),
      weights(static_cast<std::size_t>(blocks * kBlock)),
      posterior(static_cast<std::size_t>(blocks * kBlock * draws)) {
  std::ranges::copy(of_weights, weights.begin());
  const auto stride = static_cast<std::size_t>(draws);
  for (std::size_t m = 0; m < of_weights.size(); ++m) {
    double* block = posterior.data() + m / acquisition::kBlock * acquisition::kBlock * stride;
    for (std::size_t t = 0; t < stride; ++t) {
      block[t * acquisition::kBlock + m % acquisition::kBlock] = of_posterior[m * stride + t];
    }
  }
}

void joint_entropy_parts(const PackedConfigurations& labels, std::span<const double> probabilities,
                         std::span<double> parts) {
  std::ranges::fill(parts, 0.0);
  // Block by block, so that a block's posteriors stay in the first cache for all the columns.
  for (std::int64_t block = 0; block < labels.blocks; ++block) {
    const double* weights = labels.weights.data() + block * PackedConfigurations::kBlock;
    const double* posterior =
        labels.posterior.data() + block * PackedConfigurations::kBlock * labels.draws;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const double* p = probabilities.data() + i * static_cast<std::size_t>(labels.draws);
      parts[i] -= block_sum(posterior, weights, p, labels.draws);
    }
  }
}

}  // namespace af::al::acquisition

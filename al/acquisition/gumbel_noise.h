#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace af::al::acquisition {

/// Standard Gumbel noise -log(-log u), one value a row, u uniform on (0, 1) from the stream
/// (seed, kAcquisitionNoise, (step, row)). Adding it to log weights and taking the k highest draws
/// k rows without replacement, each next one with probability proportional to its weight.
/// Source: Kool, van Hoof and Welling 2019 (arXiv:1903.06059).
[[nodiscard]] std::vector<double> gumbel_noise(std::uint64_t seed, std::int64_t step,
                                               std::span<const std::int64_t> rows);

}  // namespace af::al::acquisition

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace af::al::methods {

/// Just train twice: a first network is trained by ERM for `jtt_epochs`, and the labelled rows that
/// it gets wrong, dropout off, are taken `jtt_upweight` times each by a second network that begins
/// anew. It knows no group. Source: Liu et al. 2021 (arXiv:2107.09044), Algorithm 1.
///
/// @return the positions of the second network's epoch: all n, then the wrong ones again
[[nodiscard]] std::vector<std::int64_t> upsampled_positions(std::span<const std::int64_t> labels,
                                                            std::span<const std::int64_t> predicted,
                                                            std::int64_t upweight);

}  // namespace af::al::methods

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/random.h"

/// Training as if all groups were of one size. A group is a cell, a pair of a class and a value of
/// the group attribute; only those with a labelled row count, G of them.
/// Source: Idrissi et al. 2022, "Simple data balancing achieves competitive worst-group-accuracy"
/// (arXiv:2110.14503), RWG; for weights in place of draws Sagawa et al. 2020 (arXiv:2005.04345).
namespace af::al::methods {

/// Weights n / (G n_g) of n rows, g the row's group: each group weighs the same, their mean is 1.
/// @param cells  [n] the rows' groups
[[nodiscard]] std::vector<double> balanced_weights(std::span<const std::int64_t> cells);

/// n positions drawn with replacement: a group uniformly, then a row of it uniformly.
[[nodiscard]] std::vector<std::int64_t> balanced_draws(std::span<const std::int64_t> cells,
                                                       Stream stream);

}  // namespace af::al::methods

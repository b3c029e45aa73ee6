#pragma once

#include "audit/statistics/hypergeometric.h"
#include "core/random.h"

/// Random counts with fixed margins.
namespace af::audit {

/// Draws from the distribution: by inversion where few counts are possible, else by the ratio of
/// uniforms, whose time does not depend on the size.
/// Source: Stadlober 1990, "The ratio of uniforms approach for generating discrete random
/// variates", algorithm HRUA.
[[nodiscard]] std::uint64_t draw(const Hypergeometric& distribution, Stream& stream);

/// A table with these margins, each with its probability given the margins: cell after cell from
/// its conditional hypergeometric distribution. The sums of rows and columns are equal.
[[nodiscard]] TwoWayTable random_table(const std::vector<std::uint64_t>& row_sums,
                                       const std::vector<std::uint64_t>& column_sums,
                                       Stream& stream);

}  // namespace af::audit

#pragma once

#include <cstdint>
#include <span>

#include "core/random.h"

/// Exact draws of counts. They use portable arithmetic only, so that equal streams give equal
/// counts on every machine.
namespace af::audit {

/// A draw from Binomial(n, p), p in [0, 1]. Below n min(p, 1-p) = 10 by inversion
/// (Kachitvichyanukul and Schmeiser 1988, algorithm BINV), above by transformed rejection
/// (audit/statistics/transformed_rejection.h).
[[nodiscard]] std::uint64_t binomial(std::uint64_t n, double p, Stream& stream);

/// A draw from Multinomial(n, weights / sum of weights), n the sum of the weights: each cell's
/// count given those before it is binomial.
/// @param weights  [cells] Counts.
/// @param out      [cells]
void resample_counts(std::span<const std::uint64_t> weights, Stream& stream,
                     std::span<std::uint64_t> out);

}  // namespace af::audit

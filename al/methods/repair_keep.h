#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "al/methods/method_options.h"
#include "al/methods/repair.h"

/// The rows that REPAIR trains on, in the five ways of its published code (repair.h).
namespace af::al::methods {

/// Positions that are kept, ascending:
///   threshold   w_i > threshold
///   rank        the share keep_ratio with the highest weights, the lower position on ties
///   class-rank  the same within each class
///   sample      each with probability w_i
///   uniform     a share keep_ratio at random, whatever the weights: a control
/// Shares are rounded half to even. Draws are from the stream (seed, kRepairSample, step).
/// @throws Error (exit 3) that names the step if none is left.
[[nodiscard]] std::vector<std::int64_t> repair_kept(const RepairRows& rows,
                                                    std::span<const double> weights,
                                                    const RepairOptions& options,
                                                    std::uint64_t seed, std::int64_t step);

}  // namespace af::al::methods

#pragma once

#include <optional>
#include <string>

#include "audit/statistics/estimate.h"
#include "audit/statistics/interval.h"

/// How far the seeds of a heuristic lie apart, as charts and tables show it.
namespace af::audit {

/// Ends of the band at one step: the interval of the mean from kSeedsForInterval seeds on, with
/// fewer the smallest and the largest seed, since Student's interval of three says nothing.
inline constexpr std::size_t kSeedsForInterval = 5;
[[nodiscard]] std::optional<Interval> band(const Summary& summary);
/// The mean with the ends of its band.
[[nodiscard]] Estimate with_band(const Summary& summary);
/// What `band` is called with so many seeds, as a column of a table.
[[nodiscard]] std::string band_title(std::size_t seeds);
/// The same within a sentence: "95 % Student t interval of the mean".
[[nodiscard]] std::string band_name(std::size_t seeds);

}  // namespace af::audit

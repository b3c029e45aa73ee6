#include "al/methods/repair_keep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/errors.h"
#include "core/random.h"

namespace af::al::methods {
namespace {

std::size_t share_of(std::size_t count, double ratio) {
  return static_cast<std::size_t>(std::nearbyint(ratio * static_cast<double>(count)));
}

/// The first `count` of the positions by falling weight.
std::vector<std::int64_t> highest(std::vector<std::int64_t> positions, std::size_t count,
                                  std::span<const double> weights) {
  std::ranges::stable_sort(positions, std::greater<>{},
                           [&](std::int64_t i) { return weights[static_cast<std::size_t>(i)]; });
  positions.resize(count);
  return positions;
}

std::vector<std::int64_t> all_positions(std::size_t count) {
  std::vector<std::int64_t> positions(count);
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

/// Highest of each class.
std::vector<std::int64_t> highest_by_class(const RepairRows& rows, std::span<const double> weights,
                                           double ratio) {
  std::vector<std::vector<std::int64_t>> members(rows.class_count);
  for (std::size_t i = 0; i < rows.classes.size(); ++i) {
    members[rows.classes[i]].push_back(static_cast<std::int64_t>(i));
  }
  std::vector<std::int64_t> kept;
  for (const std::vector<std::int64_t>& one : members) {
    const auto of_class = highest(one, share_of(one.size(), ratio), weights);
    kept.insert(kept.end(), of_class.begin(), of_class.end());
  }
  return kept;
}

template <class Keep>
std::vector<std::int64_t> those(std::span<const double> weights, Keep keep) {
  std::vector<std::int64_t> kept;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (keep(weights[i])) kept.push_back(static_cast<std::int64_t>(i));
  }
  return kept;
}

std::vector<std::int64_t> pick(const RepairRows& rows, std::span<const double> weights,
                               const RepairOptions& options, Stream stream) {
  const std::size_t share = share_of(weights.size(), options.keep_ratio);
  std::vector<std::int64_t> positions = all_positions(weights.size());
  switch (options.keep) {
    case RepairKeep::kThreshold:
      return those(weights, [&](double weight) { return weight > options.threshold; });
    case RepairKeep::kRank: return highest(std::move(positions), share, weights);
    case RepairKeep::kClassRank: return highest_by_class(rows, weights, options.keep_ratio);
    case RepairKeep::kSample:
      return those(weights, [&](double weight) { return stream.uniform() < weight; });
    case RepairKeep::kUniform: shuffle(std::span(positions), stream); positions.resize(share);
  }
  return positions;
}

}  // namespace

std::vector<std::int64_t> repair_kept(const RepairRows& rows, std::span<const double> weights,
                                      const RepairOptions& options, std::uint64_t seed,
                                      std::int64_t step) {
  std::vector<std::int64_t> kept =
      pick(rows, weights, options,
           Stream(seed, Purpose::kRepairSample, static_cast<std::uint64_t>(step)));
  if (kept.empty()) {
    throw Error(ExitCode::kInput,
                fmt::format("repair keeps none of {} labelled rows at step {} of seed {}, whose "
                            "largest weight is {:.3g}, expected a lower repair_threshold or "
                            "another repair_keep",
                            weights.size(), step, seed, *std::ranges::max_element(weights)));
  }
  std::ranges::sort(kept);
  return kept;
}

}  // namespace af::al::methods

#pragma once

#include "al/acquisition/heuristic.h"

/// Oracles that keep the labelled set balanced, whatever the bias of the pool: each next row comes
/// from the part with the fewest labelled rows so far (the lower number of equals) that still has
/// candidates, and is the candidate of that part with the highest draw of random.h. They read what
/// nobody has labelled and are no heuristics: they bound what balance alone could do. The score is
/// minus the labelled rows of the part before the choice.
namespace af::al::acquisition {

/// Parts are the values of the group attribute.
class GroupBalancedOracle final : public Oracle {
 public:
  static constexpr Needs kNeeds{.truth = true};
  [[nodiscard]] std::vector<Choice> choose(const Candidates& candidates, const PoolTruth& truth,
                                           std::size_t count) const override;
};

/// Parts are the pairs of a class and a value of the group attribute.
class CellBalancedOracle final : public Oracle {
 public:
  static constexpr Needs kNeeds{.truth = true};
  [[nodiscard]] std::vector<Choice> choose(const Candidates& candidates, const PoolTruth& truth,
                                           std::size_t count) const override;
};

}  // namespace af::al::acquisition

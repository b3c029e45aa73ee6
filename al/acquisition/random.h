#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// [N]: for each candidate the uniform draw on [0, 1) of the stream (seed, kAcquisition, (step,
/// row)), the same whatever the other candidates are.
[[nodiscard]] std::vector<double> random_draws(const Candidates& candidates);

/// Takes rows uniformly at random: those with the highest draws. Looks at no prediction.
class Random final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return random_draws(candidates);
  }
};

}  // namespace af::al::acquisition

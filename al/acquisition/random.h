#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Takes rows uniformly at random: the score of a row is the uniform draw on [0, 1) of the stream
/// (seed, kAcquisition, (step, row)). Looks at no prediction.
class Random final : public Heuristic {
 public:
  [[nodiscard]] std::vector<Choice> choose(Candidates& candidates,
                                           std::size_t count) const override;
};

}  // namespace af::al::acquisition

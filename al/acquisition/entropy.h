#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Entropy of the mean prediction, in nats, in [0, log classes]:
///   H(y | x) = -sum_y p_y log p_y,  p = 1/T sum_t p(y | x, w_t).
/// Source: Shannon 1948; for active learning Settles and Craven 2008.
/// @param log_probabilities  [T, N, classes]
/// @return [N]
[[nodiscard]] std::vector<double> entropy_scores(const at::Tensor& log_probabilities);

class Entropy final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return entropy_scores(candidates.log_probabilities());
  }
};

}  // namespace af::al::acquisition

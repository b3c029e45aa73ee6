#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// One minus the largest mean probability, in [0, 1 - 1/classes]:
///   1 - max_y p_y,  p = 1/T sum_t p(y | x, w_t).
/// Source: Lewis and Gale 1994 (arXiv:cmp-lg/9407020); Culotta and McCallum 2005.
/// @param log_probabilities  [T, N, classes]
/// @return [N]
[[nodiscard]] std::vector<double> least_confidence_scores(const at::Tensor& log_probabilities);

class LeastConfidence final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return least_confidence_scores(candidates.log_probabilities());
  }
};

}  // namespace af::al::acquisition

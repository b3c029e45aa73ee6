#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Minus the margin between the two largest mean probabilities, in [-1, 0]:
///   p_(2) - p_(1),  p = 1/T sum_t p(y | x, w_t), so that the smallest margin is the best.
/// Source: Scheffer, Decomain and Wrobel 2001, "Active hidden Markov models for information
/// extraction", section 3.
/// @param log_probabilities  [T, N, classes]
/// @return [N]
[[nodiscard]] std::vector<double> margin_scores(const at::Tensor& log_probabilities);

class Margin final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return margin_scores(candidates.log_probabilities());
  }
};

}  // namespace af::al::acquisition

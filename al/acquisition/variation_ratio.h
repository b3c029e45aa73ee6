#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Share of the draws that do not vote for the class that most of them vote for, in
/// [0, 1 - 1/classes]:
///   1 - f / T,  f = max_y #{t : argmax p(. | x, w_t) = y};
/// a draw whose largest probabilities are equal votes for the lower class.
/// Source: Freeman 1965; with MC-Dropout Gal 2016 (PhD thesis), section 3.3.1.
/// @param log_probabilities  [T, N, classes]
/// @return [N]
[[nodiscard]] std::vector<double> variation_ratio_scores(const at::Tensor& log_probabilities);

class VariationRatio final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true, .dropout = true};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return variation_ratio_scores(candidates.log_probabilities());
  }
};

}  // namespace af::al::acquisition

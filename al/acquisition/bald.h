#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Mutual information between the label and the weights, in nats, in [0, log classes]:
///   I(y; w | x) = H(1/T sum_t p_t) - 1/T sum_t H(p_t),  H(p) = -sum_y p_y log p_y.
/// Source: Houlsby et al. 2011 (arXiv:1112.5745), Eq. 2; with MC-Dropout Gal et al. 2017
/// (arXiv:1703.02910). Rounding can make it negative by about 1e-7; it is not clipped.
///
/// On the CPU by the kernel of bald_kernel.h on the threads of LibTorch, elsewhere by operators;
/// the scores are the same for any number of threads.
/// @param log_probabilities  [T, N, classes] float32 or float64
/// @return [N] float64 on the CPU
[[nodiscard]] std::vector<double> bald_scores(const at::Tensor& log_probabilities);
/// The same with LibTorch's operators alone: what `bald_scores` does on devices but the CPU.
[[nodiscard]] std::vector<double> bald_scores_by_operators(const at::Tensor& log_probabilities);

/// Takes the rows with the highest BALD scores.
class Bald final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true, .dropout = true};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return bald_scores(candidates.log_probabilities());
  }
};

}  // namespace af::al::acquisition

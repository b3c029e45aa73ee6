#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Balanced entropy. With P_y the probability of class y as a random variable over the draws, seen
/// as Beta(alpha_y, beta_y) of the same mean m_y and variance v_y, and P_y+ ~ Beta(alpha_y + 1,
/// beta_y) what it is once the label is y:
///   MJEnt = sum_y m_y h(P_y+) + H(m),   BalEnt = MJEnt / (H(m) + log 2),
///   score = 1 / BalEnt where BalEnt >= 0, else BalEnt,
/// with h the differential entropy: rows near BalEnt = 0 from above come first.
///   alpha_y = m_y nu_y,  beta_y = (1 - m_y) nu_y,  nu_y = m_y (1 - m_y) / v_y - 1.
/// Source: Woo 2023, "Active learning in Bayesian neural networks with balanced entropy learning
/// principle" (ICLR 2023, arXiv:2105.14559); v_y with T - 1, and m_y and v_y at least
/// 1e-9, as in its published code.
///
/// Ours: nu_y is kept in [1e-6, 1e8], where the moments are those of a Beta distribution and its
/// entropy can be computed to 1e-6. Needs two draws or more; with one, v_y is its least.
/// @param log_probabilities  [T, N, classes]
/// @return [N]
[[nodiscard]] std::vector<double> bal_ent_acq_scores(const at::Tensor& log_probabilities);

class BalEntAcq final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true, .dropout = true};
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override {
    return bal_ent_acq_scores(candidates.log_probabilities());
  }
};

}  // namespace af::al::acquisition

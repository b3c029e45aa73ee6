#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// Diverse rows with large gradients: k-means++ seeding on the gradient of the cross-entropy by
/// the weights of the last layer, taken at the label that the network itself predicts,
///   g_x = (p - e_yhat) outer h,  p = p(y | x) with dropout off, h the last hidden layer.
/// The first row is the one with the longest g; each next one is drawn with probability
/// proportional to its squared distance to the nearest g chosen. The score is that squared distance
/// (of the first row, its squared length).
/// Source: Ash et al. 2020 (arXiv:1906.03671), Algorithm 1, the first row as in its published code.
///
/// g is never built: |g_x - g_c|^2 = |u_x|^2 |h_x|^2 + |u_c|^2 |h_c|^2 - 2 (u_x u_c) (h_x h_c) with
/// u = p - e_yhat. The k-th draw is the uniform one of the stream (seed, kSeeding, (step, k))
/// through the cumulated squared distances. Where all that is left has distance 0, the lowest row
/// is taken.
[[nodiscard]] std::vector<Choice> badge(const at::Tensor& log_probabilities,
                                        const at::Tensor& embeddings, const Candidates& candidates,
                                        std::size_t count);

/// The gradients g of all rows by their two factors.
class GradientEmbeddings {
 public:
  /// @param log_probabilities  [N, classes] float32, with dropout off
  /// @param embeddings         [N, H] float32
  GradientEmbeddings(const at::Tensor& log_probabilities, const at::Tensor& embeddings);

  /// |g|^2, [N] float64.
  [[nodiscard]] std::vector<double> squared_lengths() const;
  /// Squared distances to g of row `index`, [N], at least 0 and exactly 0 for the row itself.
  [[nodiscard]] std::vector<double> squared_distances(std::int64_t index) const;

 private:
  at::Tensor residuals_;   ///< [N, classes] float32: u
  at::Tensor embeddings_;  ///< [N, H] float32: h
  at::Tensor lengths_;     ///< [N] float64
};

class Badge final : public Heuristic {
 public:
  static constexpr Needs kNeeds{.embeddings = true};
  [[nodiscard]] std::vector<Choice> choose(Candidates& candidates,
                                           std::size_t count) const override;
};

}  // namespace af::al::acquisition

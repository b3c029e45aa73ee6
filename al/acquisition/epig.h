#pragma once

#include "al/acquisition/heuristic.h"
#include "al/acquisition/heuristic_options.h"

namespace af::al::acquisition {

/// Expected predictive information gain, in nats, in [0, log classes]: what the label of a row is
/// expected to tell about the labels of inputs that the network is to predict,
///   EPIG(x) = E_x* [ I(y; y* | x, x*) ] = H(y) + E_x* [ H(y*) - H(y, y*) ],
///   p(y, y*) = 1/T sum_t p_t(y | x) p_t(y* | x*).
/// Source: Bickford Smith et al. 2023 (arXiv:2304.08151), section 4. The inputs x* are
/// `target_samples` rows drawn from the whole pool: the distribution that the pool has, bias
/// included.
///
/// Draw t must be the same network for both labels: it needs consistent masks.
/// @param log_probabilities  [T, N, classes]
/// @param targets            [T, M, classes] log-probabilities
/// @param memory_bytes       Bound on the scratch memory, or what one row needs if that is more.
/// @return [N]
[[nodiscard]] std::vector<double> epig_scores(const at::Tensor& log_probabilities,
                                              const at::Tensor& targets, std::int64_t memory_bytes);

class Epig final : public ScoreHeuristic {
 public:
  static constexpr Needs kNeeds{.log_probabilities = true,
                                .target_log_probabilities = true,
                                .consistent_masks = true,
                                .dropout = true};
  explicit Epig(const HeuristicOptions& options) : options_(options) {}
  [[nodiscard]] std::vector<double> scores(Candidates& candidates) const override;

 private:
  HeuristicOptions options_;
};

}  // namespace af::al::acquisition

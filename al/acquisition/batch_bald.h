#pragma once

#include "al/acquisition/heuristic.h"
#include "al/acquisition/heuristic_options.h"
#include "al/acquisition/label_configurations.h"

namespace af::al::acquisition {

/// Takes greedily the set whose labels together tell most about the weights, in nats:
///   I(y_1..n; w) = H(y_1..n) - sum_i E_w H(y_i | w).
/// The next row is the one that adds most to it, which is its score:
///   I(y; w | y_1..n) = sum_m p(m) H(sum_t p(w_t | m) p_t(. | x)) - 1/T sum_t H(p_t(. | x)),
/// over the configurations m of the labels of the n rows before it (label_configurations.h). All
/// of them are counted while they are at most `joint_configurations`; beyond that they are sampled
/// from the stream (seed, kJointLabels, (step, n)).
/// Source: Kirsch, van Amersfoort and Gal 2019 (arXiv:1906.08158), section 3; the form by
/// conditional entropies, in which no probability of a long configuration is ever needed, and the
/// systematic sampling are ours.
///
/// Draw t must be the same network for all rows: it needs consistent masks. Scratch memory is at
/// most `joint_memory_mb`, or what one row needs if that is more.
///
/// On the CPU by the kernel of joint_entropy_kernel.h, elsewhere by operators; the same choice for
/// any number of threads.
class BatchBald final : public Heuristic {
 public:
  static constexpr Needs kNeeds{
      .log_probabilities = true, .consistent_masks = true, .dropout = true};
  explicit BatchBald(const HeuristicOptions& options) : options_(options) {}
  [[nodiscard]] std::vector<Choice> choose(Candidates& candidates,
                                           std::size_t count) const override;

 private:
  HeuristicOptions options_;
};

/// sum_m p(m) H(sum_t p(w_t | m) p_t(. | x)) of every row, [N] float64.
/// @param log_probabilities  [T, N, classes]
[[nodiscard]] at::Tensor conditional_entropies(const at::Tensor& log_probabilities,
                                               const LabelConfigurations& labels,
                                               std::int64_t memory_bytes);
/// The same with LibTorch's operators alone: what it does on devices but the CPU.
[[nodiscard]] at::Tensor conditional_entropies_by_operators(const at::Tensor& log_probabilities,
                                                            const LabelConfigurations& labels,
                                                            std::int64_t memory_bytes);

}  // namespace af::al::acquisition

#pragma once

#include "al/acquisition/heuristic.h"

namespace af::al::acquisition {

/// k-center greedy: the next row is the one whose nearest centre is farthest away, centres being
/// all labelled rows and those chosen before it,
///   argmax_x min_c |h_x - h_c|_2,
/// over the activations h of the last hidden layer with dropout off. The score is that distance.
/// Source: Sener and Savarese 2018 (arXiv:1708.00489), Algorithm 1; their mixed integer program on
/// top of it is not used, as in their published comparison's greedy variant.
///
/// On the CPU by the kernel of row_kernel.h, elsewhere by operators; the same choice for any
/// number of threads.
/// @param embeddings  [N, H] float32
/// @param labelled    [L, H] float32, L >= 1
/// @param rows        [N]
[[nodiscard]] std::vector<Choice> k_center_greedy(const at::Tensor& embeddings,
                                                  const at::Tensor& labelled,
                                                  std::span<const std::int64_t> rows,
                                                  std::size_t count);

class CoreSet final : public Heuristic {
 public:
  static constexpr Needs kNeeds{.embeddings = true, .labelled_embeddings = true};
  [[nodiscard]] std::vector<Choice> choose(Candidates& candidates,
                                           std::size_t count) const override;
};

}  // namespace af::al::acquisition

#include "al/acquisition/variation_ratio.h"

#include <ATen/ATen.h>

namespace af::al::acquisition {

std::vector<double> variation_ratio_scores(const at::Tensor& log_probabilities) {
  const at::Tensor votes = log_probabilities.argmax(2, /*keepdim=*/true);  // [T, N, 1]
  at::Tensor counts = at::zeros({log_probabilities.size(1), log_probabilities.size(2)},
                                log_probabilities.options().dtype(at::kDouble));
  for (std::int64_t t = 0; t < votes.size(0); ++t) {
    counts.scatter_add_(1, votes[t], at::ones_like(votes[t], counts.options()));
  }
  return to_vector(1 - counts.amax(1) / static_cast<double>(votes.size(0)));
}

}  // namespace af::al::acquisition

#include "al/acquisition/margin.h"

#include <ATen/ATen.h>

namespace af::al::acquisition {

std::vector<double> margin_scores(const at::Tensor& log_probabilities) {
  const auto [largest, classes] = mean_probabilities(log_probabilities).topk(2, 1);
  return to_vector(largest.select(1, 1) - largest.select(1, 0));
}

}  // namespace af::al::acquisition

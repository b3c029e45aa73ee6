#include "al/acquisition/entropy.h"

#include <ATen/ATen.h>

namespace af::al::acquisition {

std::vector<double> entropy_scores(const at::Tensor& log_probabilities) {
  const at::Tensor p = mean_probabilities(log_probabilities);
  return to_vector(at::special_entr(p).sum(1));
}

}  // namespace af::al::acquisition

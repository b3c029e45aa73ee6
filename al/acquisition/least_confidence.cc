#include "al/acquisition/least_confidence.h"

#include <ATen/ATen.h>

namespace af::al::acquisition {

std::vector<double> least_confidence_scores(const at::Tensor& log_probabilities) {
  return to_vector(1 - mean_probabilities(log_probabilities).amax(1));
}

}  // namespace af::al::acquisition

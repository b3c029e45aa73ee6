#include "al/acquisition/core_set.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "al/acquisition/nearest_centre.h"

namespace af::al::acquisition {

std::vector<Choice> k_center_greedy(const at::Tensor& embeddings, const at::Tensor& labelled,
                                    std::span<const std::int64_t> rows, std::size_t count) {
  const at::NoGradGuard no_grad;
  const at::Tensor points = embeddings.contiguous();
  at::Tensor nearest =
      at::full({points.size(0)}, std::numeric_limits<float>::infinity(), points.options());
  lower_to_nearest_(nearest, points, labelled);
  std::vector<Choice> chosen;
  while (chosen.size() < std::min(count, rows.size())) {
    const std::int64_t farthest = nearest.argmax().item<std::int64_t>();  // The first of equals.
    const double squared = nearest[farthest].item<double>();
    chosen.push_back({rows[static_cast<std::size_t>(farthest)], std::sqrt(squared)});
    lower_to_nearest_(nearest, points, points.narrow(0, farthest, 1));
    nearest[farthest].fill_(-1);  // Below the distance 0 of a row that equals a centre.
  }
  return chosen;
}

std::vector<Choice> CoreSet::choose(Candidates& candidates, std::size_t count) const {
  return k_center_greedy(candidates.embeddings(), candidates.labelled_embeddings(),
                         candidates.rows(), count);
}

}  // namespace af::al::acquisition

#include "al/acquisition/heuristic.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <numeric>

namespace af::al::acquisition {

std::vector<Choice> ScoreHeuristic::choose(Candidates& candidates, std::size_t count) const {
  return highest(candidates.rows(), scores(candidates), count);
}

std::vector<Choice> highest(std::span<const std::int64_t> rows, std::span<const double> scores,
                            std::size_t count) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto better = [&](std::size_t a, std::size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size()));
  std::partial_sort(order.begin(), end, order.end(), better);
  std::vector<Choice> chosen;
  std::transform(order.begin(), end, std::back_inserter(chosen), [&](std::size_t i) {
    return Choice{rows[i], scores[i]};
  });
  return chosen;
}

at::Tensor mean_probabilities(const at::Tensor& log_probabilities) {
  const at::NoGradGuard no_grad;
  const std::int64_t draws = log_probabilities.size(0);
  at::Tensor sum = log_probabilities[0].to(at::kDouble).exp();
  for (std::int64_t t = 1; t < draws; ++t) sum.add_(log_probabilities[t].to(at::kDouble).exp());
  return sum.div_(draws);
}

std::vector<double> to_vector(const at::Tensor& values) {
  const at::Tensor flat = values.to(at::kDouble).cpu().contiguous();
  const double* data = flat.const_data_ptr<double>();
  return {data, data + flat.numel()};
}

}  // namespace af::al::acquisition

#include "al/acquisition/bald.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace af::al::acquisition {

std::vector<double> bald_scores(const at::Tensor& log_probabilities) {
  const at::NoGradGuard no_grad;
  const at::Tensor p = log_probabilities.to(at::kDouble).exp();
  const at::Tensor entropy_of_mean = at::special_entr(p.mean(0)).sum(1);
  const at::Tensor mean_of_entropy = at::special_entr(p).sum({0, 2}).div(p.size(0));
  const at::Tensor scores = (entropy_of_mean - mean_of_entropy).cpu().contiguous();
  const double* data = scores.const_data_ptr<double>();
  return {data, data + scores.numel()};
}

std::vector<Choice> Bald::choose(Candidates& candidates, std::size_t count) const {
  const std::vector<double> scores = bald_scores(candidates.log_probabilities());
  return highest(candidates.rows(), scores, count);
}

}  // namespace af::al::acquisition

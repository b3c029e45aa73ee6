#include "al/acquisition/bald.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include "al/acquisition/bald_kernel.h"

namespace af::al::acquisition {
namespace {

constexpr std::int64_t kRowsAtOnce = 8192;  ///< A thread's least work.

template <class T>
std::vector<double> scores_on_cpu(const at::Tensor& log_probabilities) {
  const DrawsView<T> draws{log_probabilities.const_data_ptr<T>(), log_probabilities.size(0),
                           log_probabilities.size(1), log_probabilities.size(2)};
  std::vector<double> scores(static_cast<std::size_t>(draws.rows));
  at::parallel_for(0, draws.rows, kRowsAtOnce, [&](std::int64_t begin, std::int64_t end) {
    bald_kernel(draws, begin, end, scores.data() + begin);
  });
  return scores;
}

}  // namespace

std::vector<double> bald_scores(const at::Tensor& log_probabilities) {
  if (!log_probabilities.is_cpu()) return bald_scores_by_operators(log_probabilities);
  const at::Tensor draws = log_probabilities.contiguous();
  return draws.scalar_type() == at::kDouble ? scores_on_cpu<double>(draws)
                                            : scores_on_cpu<float>(draws.to(at::kFloat));
}

std::vector<double> bald_scores_by_operators(const at::Tensor& log_probabilities) {
  const at::NoGradGuard no_grad;
  const at::Tensor p = log_probabilities.to(at::kDouble).exp();
  const at::Tensor entropy_of_mean = at::special_entr(p.mean(0)).sum(1);
  const at::Tensor mean_of_entropy = at::special_entr(p).sum({0, 2}).div(p.size(0));
  return to_vector(entropy_of_mean - mean_of_entropy);
}

}  // namespace af::al::acquisition

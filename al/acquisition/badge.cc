#include "al/acquisition/badge.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <numeric>

#include "al/acquisition/nearest_centre.h"
#include "core/random.h"

namespace af::al::acquisition {
namespace {

/// u = p - e_yhat, float32.
at::Tensor residuals_of(const at::Tensor& log_probabilities) {
  const at::Tensor p = log_probabilities.exp();
  const at::Tensor predicted = log_probabilities.argmax(1, /*keepdim=*/true);
  return p.scatter_add(1, predicted, at::full_like(predicted, -1, p.options())).contiguous();
}

/// The first position at which the cumulated weights exceed a share of their sum; the first one
/// with `open` where all weights are 0.
std::size_t drawn(std::span<const double> weights, const std::vector<bool>& taken, double share) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  double cumulated = 0;
  std::size_t last = weights.size();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (taken[i] || (sum > 0 && weights[i] <= 0)) continue;
    last = i;
    cumulated += weights[i];
    if (sum <= 0 || cumulated > share * sum) return i;
  }
  return last;  // Rounding left the share at the very end.
}

}  // namespace

GradientEmbeddings::GradientEmbeddings(const at::Tensor& log_probabilities,
                                       const at::Tensor& embeddings)
    : residuals_(residuals_of(log_probabilities)), embeddings_(embeddings.contiguous()) {
  // By the very sums of `products_with_row`, so that copies of a row are at distance 0.
  lengths_ = acquisition::squared_lengths(residuals_).to(at::kDouble) *
             acquisition::squared_lengths(embeddings_).to(at::kDouble);
}

std::vector<double> GradientEmbeddings::squared_lengths() const { return to_vector(lengths_); }

std::vector<double> GradientEmbeddings::squared_distances(std::int64_t index) const {
  const at::Tensor products = products_with_row(residuals_, index).to(at::kDouble) *
                              products_with_row(embeddings_, index).to(at::kDouble);
  std::vector<double> distances =
      to_vector((lengths_ + lengths_[index] - 2 * products).clamp_min_(0));
  distances[static_cast<std::size_t>(index)] = 0;
  return distances;
}

std::vector<Choice> badge(const at::Tensor& log_probabilities, const at::Tensor& embeddings,
                          const Candidates& candidates, std::size_t count) {
  const at::NoGradGuard no_grad;
  const GradientEmbeddings gradients(log_probabilities, embeddings);
  std::vector<double> nearest = gradients.squared_lengths();
  std::vector<bool> taken(nearest.size());
  std::vector<Choice> chosen;
  auto next = static_cast<std::size_t>(std::ranges::max_element(nearest) - nearest.begin());
  while (chosen.size() < std::min(count, nearest.size())) {
    chosen.push_back({candidates.rows()[next], nearest[next]});
    taken[next] = true;
    const auto to_last = gradients.squared_distances(static_cast<std::int64_t>(next));
    for (std::size_t i = 0; i < nearest.size(); ++i) {
      nearest[i] = chosen.size() == 1 ? to_last[i] : std::min(nearest[i], to_last[i]);
    }
    const std::uint64_t address =
        static_cast<std::uint64_t>(candidates.step()) << 32 | chosen.size();
    next = drawn(nearest, taken, Stream(candidates.seed(), Purpose::kSeeding, address).uniform());
  }
  return chosen;
}

std::vector<Choice> Badge::choose(Candidates& candidates, std::size_t count) const {
  return badge(candidates.point_log_probabilities(), candidates.embeddings(), candidates, count);
}

}  // namespace af::al::acquisition

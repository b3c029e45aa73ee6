#include "al/acquisition/stochastic_bald.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "al/acquisition/bald.h"
#include "al/acquisition/gumbel_noise.h"

namespace af::al::acquisition {
namespace {

std::vector<double> perturbed(std::vector<double> log_weights, const Candidates& candidates,
                              double coldness) {
  const std::vector<double> noise =
      gumbel_noise(candidates.seed(), candidates.step(), candidates.rows());
  for (std::size_t i = 0; i < log_weights.size(); ++i) log_weights[i] += noise[i] / coldness;
  return log_weights;
}

}  // namespace

std::vector<double> power_log_weights(std::span<const double> scores) {
  std::vector<double> weights;
  for (const double score : scores) {
    weights.push_back(std::log(std::max(score, std::numeric_limits<double>::min())));
  }
  return weights;
}

std::vector<double> soft_rank_log_weights(std::span<const double> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  std::vector<double> weights(scores.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    weights[order[i]] = -std::log(static_cast<double>(i + 1));
  }
  return weights;
}

std::vector<double> PowerBald::scores(Candidates& candidates) const {
  const std::vector<double> scores = bald_scores(candidates.log_probabilities());
  return perturbed(power_log_weights(scores), candidates, coldness_);
}

std::vector<double> SoftmaxBald::scores(Candidates& candidates) const {
  return perturbed(bald_scores(candidates.log_probabilities()), candidates, coldness_);
}

std::vector<double> SoftRankBald::scores(Candidates& candidates) const {
  const std::vector<double> scores = bald_scores(candidates.log_probabilities());
  return perturbed(soft_rank_log_weights(scores), candidates, coldness_);
}

}  // namespace af::al::acquisition

#include "al/inference/pool_candidates.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "al/device/timed.h"
#include "al/inference/prediction.h"
#include "core/random.h"

namespace af::al {
namespace {

/// `count` of the values in a random order's first places, ascending.
std::vector<std::int64_t> sample(std::vector<std::int64_t> values, std::int64_t count,
                                 Stream stream) {
  if (count >= static_cast<std::int64_t>(values.size())) return values;
  shuffle(std::span(values), stream);
  values.resize(static_cast<std::size_t>(count));
  std::ranges::sort(values);
  return values;
}

}  // namespace

std::vector<std::int64_t> candidate_rows(std::span<const std::int64_t> labelled, std::int64_t rows,
                                         std::optional<std::int64_t> pool_size,
                                         const ChoiceAddress& address) {
  std::vector<bool> taken(static_cast<std::size_t>(rows));
  for (const std::int64_t row : labelled) taken[static_cast<std::size_t>(row)] = true;
  std::vector<std::int64_t> left;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (!taken[static_cast<std::size_t>(row)]) left.push_back(row);
  }
  return sample(
      std::move(left), pool_size.value_or(rows),
      Stream(address.seed, Purpose::kCandidates, static_cast<std::uint64_t>(address.step)));
}

PoolCandidates::PoolCandidates(const ExperimentConfig& config, const ResidentImages& pool,
                               const models::Classifier& net, const ChoiceAddress& address,
                               std::vector<std::int64_t> labelled)
    : config_(config),
      pool_(pool),
      net_(net),
      address_(address),
      labelled_(std::move(labelled)),
      rows_(candidate_rows(labelled_, pool.rows(), config.pool_size, address)) {}

const at::Tensor& PoolCandidates::log_probabilities() {
  if (!log_probabilities_.defined()) log_probabilities_ = draws_of(features(), rows_);
  return log_probabilities_;
}

at::Tensor PoolCandidates::target_log_probabilities(std::int64_t count) {
  std::vector<std::int64_t> all(static_cast<std::size_t>(pool_.rows()));
  for (std::size_t row = 0; row < all.size(); ++row) all[row] = static_cast<std::int64_t>(row);
  const Stream stream(address_.seed, Purpose::kTargetInputs,
                      static_cast<std::uint64_t>(address_.step));
  const std::vector<std::int64_t> targets = sample(std::move(all), count, stream);
  return draws_of(features_of_rows(targets), targets);
}

const at::Tensor& PoolCandidates::embeddings() {
  if (!embeddings_.defined()) embeddings_ = hidden_of(features());
  return embeddings_;
}

at::Tensor PoolCandidates::point_log_probabilities() {
  const at::NoGradGuard no_grad;
  const at::Tensor& hidden = embeddings();
  return clocked(
      [&] { return at::log_softmax(net_.head->class_logits(hidden).to(at::kFloat), 1); });
}

at::Tensor PoolCandidates::labelled_embeddings() { return hidden_of(features_of_rows(labelled_)); }

const at::Tensor& PoolCandidates::features() {
  if (!features_.defined()) features_ = features_of_rows(rows_);
  return features_;
}

at::Tensor PoolCandidates::features_of_rows(std::span<const std::int64_t> rows) {
  return clocked([&] { return features_of(net_, pool_, rows); });
}

at::Tensor PoolCandidates::draws_of(const at::Tensor& features,
                                    std::span<const std::int64_t> rows) {
  const auto [seed, step] = address_;
  return clocked([&, seed = seed, step = step] {
    if (config_.consistent_masks) {
      return mc_log_probabilities_consistent(net_, features, {seed, step, RowSource::kWholePool},
                                             config_.draws);
    }
    return mc_log_probabilities(net_, features, rows, {seed, step, RowSource::kPool},
                                config_.draws);
  });
}

at::Tensor PoolCandidates::hidden_of(const at::Tensor& features) {
  const at::NoGradGuard no_grad;
  return clocked([&] { return net_.head->hidden(features).to(at::kFloat); });
}

template <class Predict>
at::Tensor PoolCandidates::clocked(Predict predict) {
  at::Tensor predicted;
  prediction_seconds_ += timed(pool_.device(), [&] { predicted = predict(); });
  return predicted;
}

}  // namespace af::al

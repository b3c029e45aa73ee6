#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "al/acquisition/heuristic.h"
#include "al/config/experiment_config.h"
#include "al/images/resident_images.h"
#include "al/models/classifier.h"

namespace af::al {

/// Which choice is meant: that of a seed for a step.
struct ChoiceAddress {
  std::uint64_t seed = 0;
  std::int64_t step = 0;
};

/// The rows offered to a heuristic, ascending: all without a label, or `pool_size` of them if that
/// is fewer, drawn uniformly without replacement from the stream (seed, kCandidates, step).
/// @param rows  Of the pool.
[[nodiscard]] std::vector<std::int64_t> candidate_rows(std::span<const std::int64_t> labelled,
                                                       std::int64_t rows,
                                                       std::optional<std::int64_t> pool_size,
                                                       const ChoiceAddress& address);

/// Candidates of the pool and what a trained network makes of them. It holds images and row
/// numbers; there is no label in its reach.
class PoolCandidates final : public acquisition::Candidates {
 public:
  /// @param labelled  Rows that have a label.
  PoolCandidates(const ExperimentConfig& config, const ResidentImages& pool,
                 const models::Classifier& net, const ChoiceAddress& address,
                 std::vector<std::int64_t> labelled);

  [[nodiscard]] std::span<const std::int64_t> rows() const override { return rows_; }
  [[nodiscard]] std::uint64_t seed() const override { return address_.seed; }
  [[nodiscard]] std::int64_t step() const override { return address_.step; }
  [[nodiscard]] const at::Tensor& log_probabilities() override;
  [[nodiscard]] at::Tensor target_log_probabilities(std::int64_t count) override;
  [[nodiscard]] const at::Tensor& embeddings() override;
  [[nodiscard]] at::Tensor point_log_probabilities() override;
  [[nodiscard]] at::Tensor labelled_embeddings() override;
  [[nodiscard]] const std::vector<std::int64_t>& labelled() const noexcept { return labelled_; }
  /// Wall time that the network took so far; the rest of a choice is the heuristic's own work.
  [[nodiscard]] double prediction_seconds() const noexcept { return prediction_seconds_; }

 private:
  /// Before the first dropout, [N, F].
  [[nodiscard]] const at::Tensor& features();
  [[nodiscard]] at::Tensor features_of_rows(std::span<const std::int64_t> rows);
  [[nodiscard]] at::Tensor draws_of(const at::Tensor& features, std::span<const std::int64_t> rows);
  [[nodiscard]] at::Tensor hidden_of(const at::Tensor& features);
  /// What `predict` returns, its time added up.
  template <class Predict>
  [[nodiscard]] at::Tensor clocked(Predict predict);

  const ExperimentConfig& config_;
  const ResidentImages& pool_;
  const models::Classifier& net_;
  ChoiceAddress address_;
  std::vector<std::int64_t> labelled_;
  std::vector<std::int64_t> rows_;
  at::Tensor features_;
  at::Tensor log_probabilities_;
  at::Tensor embeddings_;
  double prediction_seconds_ = 0;
};

}  // namespace af::al

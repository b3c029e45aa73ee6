#pragma once

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>
#include <vector>

#include "al/acquisition/heuristic.h"

namespace af::test {

/// Candidates whose parts are given; remembers which were asked for.
class FakeCandidates final : public al::acquisition::Candidates {
 public:
  explicit FakeCandidates(std::vector<std::int64_t> candidate_rows)
      : rows_(std::move(candidate_rows)) {}
  /// Rows 0 .. N-1 with these log-probabilities [T, N, classes].
  explicit FakeCandidates(const at::Tensor& draws)
      : log_p(draws), rows_(static_cast<std::size_t>(draws.size(1))) {
    std::iota(rows_.begin(), rows_.end(), 0);
  }

  std::span<const std::int64_t> rows() const override { return rows_; }
  std::uint64_t seed() const override { return seed_number; }
  std::int64_t step() const override { return step_number; }
  const at::Tensor& log_probabilities() override {
    asked.log_probabilities = true;
    return log_p;
  }
  at::Tensor target_log_probabilities(std::int64_t /*count*/) override {
    asked.target_log_probabilities = true;
    return target_log_p;
  }
  const at::Tensor& embeddings() override {
    asked.embeddings = true;
    return hidden;
  }
  at::Tensor point_log_probabilities() override {
    asked.embeddings = true;
    return point_log_p;
  }
  at::Tensor labelled_embeddings() override {
    asked.labelled_embeddings = true;
    return labelled_hidden;
  }

  std::uint64_t seed_number = 7;
  std::int64_t step_number = 1;
  at::Tensor log_p;
  at::Tensor target_log_p;
  at::Tensor hidden;
  at::Tensor point_log_p;
  at::Tensor labelled_hidden;
  al::acquisition::Needs asked;

 private:
  std::vector<std::int64_t> rows_;
};

/// A nested list of numbers as a float64 tensor.
inline at::Tensor tensor_of(const nlohmann::json& nested) {
  std::vector<std::int64_t> shape;
  for (const nlohmann::json* level = &nested; level->is_array(); level = &level->front()) {
    shape.push_back(static_cast<std::int64_t>(level->size()));
  }
  std::vector<double> flat;
  const auto collect = [&](const auto& self, const nlohmann::json& part) -> void {
    if (part.is_number()) return flat.push_back(part.get<double>());
    for (const nlohmann::json& inner : part) self(self, inner);
  };
  collect(collect, nested);
  return at::tensor(flat, at::kDouble).view(shape);
}

/// The rows of choices alone.
inline std::vector<std::int64_t> rows_of(const std::vector<al::acquisition::Choice>& choices) {
  std::vector<std::int64_t> rows;
  for (const al::acquisition::Choice& choice : choices) rows.push_back(choice.row);
  return rows;
}

/// Pearson's statistic of counts against probabilities that sum to 1.
inline double chi_square(std::span<const double> counts, std::span<const double> probabilities) {
  const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * probabilities[i];
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  return sum;
}

}  // namespace af::test

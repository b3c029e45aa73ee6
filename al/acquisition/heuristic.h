#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "al/acquisition/needs.h"

namespace af::al::acquisition {

/// What a heuristic may look at in one step: rows of the pool without a label, and what the
/// trained network makes of them. There is no label of the pool in it. Every part is worked out
/// when it is first asked for.
class Candidates {
 public:
  virtual ~Candidates() = default;

  [[nodiscard]] virtual std::span<const std::int64_t> rows() const = 0;  ///< [N], ascending
  [[nodiscard]] virtual std::uint64_t seed() const = 0;
  [[nodiscard]] virtual std::int64_t step() const = 0;  ///< The step that the choice makes.

  /// log p(y | x, w_t) of MC-Dropout, [T, N, classes] float32.
  [[nodiscard]] virtual const at::Tensor& log_probabilities() = 0;
  /// The same for `count` inputs that stand for those on which the network is to predict, or for
  /// all there are: [T, M, classes]. They are drawn from the whole pool without replacement; with
  /// consistent masks draw t is the same network here and there.
  [[nodiscard]] virtual at::Tensor target_log_probabilities(std::int64_t count) = 0;
  /// Activations of the last hidden layer with dropout off, [N, H] float32.
  [[nodiscard]] virtual const at::Tensor& embeddings() = 0;
  /// log p(y | x) with dropout off, [N, classes] float32.
  [[nodiscard]] virtual at::Tensor point_log_probabilities() = 0;
  /// Embeddings of the rows that have a label, [L, H].
  [[nodiscard]] virtual at::Tensor labelled_embeddings() = 0;
};

/// A row chosen, and what for.
struct Choice {
  std::int64_t row = 0;
  double score = 0;  ///< Larger is better; of a batch heuristic, what the row added when chosen.

  bool operator==(const Choice&) const = default;
};

/// A rule that says which rows to label next. A class has a constant `kNeeds`, and may be made
/// from `HeuristicOptions`.
class Heuristic {
 public:
  virtual ~Heuristic() = default;

  /// The rows to label next, in the order of choice. @param count  At most the candidates.
  [[nodiscard]] virtual std::vector<Choice> choose(Candidates& candidates,
                                                   std::size_t count) const = 0;
};

/// A heuristic that scores each row by itself and takes the highest.
class ScoreHeuristic : public Heuristic {
 public:
  [[nodiscard]] std::vector<Choice> choose(Candidates& candidates,
                                           std::size_t count) const override;
  /// [N] scores of the candidates, none NaN.
  [[nodiscard]] virtual std::vector<double> scores(Candidates& candidates) const = 0;
};

/// Class and group of every row of the pool, labelled or not.
struct PoolTruth {
  std::span<const std::uint16_t> classes;  ///< [rows of the pool]
  std::span<const std::uint16_t> groups;   ///< [rows of the pool]
  std::size_t class_count = 0;
  std::size_t group_count = 0;
  std::span<const std::int64_t> labelled;  ///< Rows that have a label already.
};

/// A rule that reads labels or groups of rows that nobody has labelled: no heuristic, but a bound
/// to compare heuristics with. Only this interface is given the truth.
class Oracle {
 public:
  virtual ~Oracle() = default;

  [[nodiscard]] virtual std::vector<Choice> choose(const Candidates& candidates,
                                                   const PoolTruth& truth,
                                                   std::size_t count) const = 0;
};

/// The `count` highest scores, best first; ties go to the lower index.
/// @param rows, scores  [N]; no score may be NaN
[[nodiscard]] std::vector<Choice> highest(std::span<const std::int64_t> rows,
                                          std::span<const double> scores, std::size_t count);

/// Mean over the draws of the probabilities, [N, classes] float64 on the same device.
/// @param log_probabilities  [T, N, classes]
[[nodiscard]] at::Tensor mean_probabilities(const at::Tensor& log_probabilities);
/// The values of a vector, as float64 on the CPU.
[[nodiscard]] std::vector<double> to_vector(const at::Tensor& values);

}  // namespace af::al::acquisition

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace af::al::acquisition {

/// What a heuristic may look at in one step: rows of the pool without a label, and what the
/// trained network makes of them. Costly parts are worked out when first asked for.
class Candidates {
 public:
  virtual ~Candidates() = default;

  [[nodiscard]] virtual std::span<const std::int64_t> rows() const = 0;  ///< [N], ascending
  /// log p(y | x, w_t) of MC-Dropout, [T, N, classes].
  [[nodiscard]] virtual const at::Tensor& log_probabilities() = 0;
  [[nodiscard]] virtual std::uint64_t seed() const = 0;
  [[nodiscard]] virtual std::int64_t step() const = 0;  ///< The step that the choice makes.
};

/// A row chosen, and what for.
struct Choice {
  std::int64_t row = 0;
  double score = 0;

  bool operator==(const Choice&) const = default;
};

/// A rule that says which rows to label next.
class Heuristic {
 public:
  virtual ~Heuristic() = default;

  /// The rows to label next, in the order of choice. @param count  At most the candidates.
  [[nodiscard]] virtual std::vector<Choice> choose(Candidates& candidates,
                                                   std::size_t count) const = 0;
};

/// The `count` highest scores, best first; ties go to the lower index.
/// @param rows, scores  [N]; no score may be NaN
[[nodiscard]] std::vector<Choice> highest(std::span<const std::int64_t> rows,
                                          std::span<const double> scores, std::size_t count);

}  // namespace af::al::acquisition

#pragma once

#include <cstdint>

namespace af::al {

/// What an optimizer uses in one batch.
struct LearningPoint {
  double learning_rate;
  double momentum;  ///< beta1 of Adam, momentum of SGD.
};

/// One cycle of the learning rate, and of the momentum the other way round, over all batches:
/// rising from peak / 25 to `peak` in the first quarter, then falling to peak / 25 / 10^4; the
/// momentum falls from .95 to .85 and rises again. Both along half a cosine:
///   value = to + (from - to) / 2 * (1 + cos(pi * fraction)).
/// Source: Smith and Topin 2018 (arXiv:1708.07120), in the form and with the defaults of
/// PyTorch's OneCycleLR (two phases; the rise ends at batch .25 * batches - 1).
struct OneCycle {
  double peak = .003;
  std::int64_t batches = 1;  ///< At least 1.
  double rising = .25;       ///< Share of the batches before the peak.

  /// @param batch  In [0, batches).
  [[nodiscard]] LearningPoint at(std::int64_t batch) const;
};

}  // namespace af::al

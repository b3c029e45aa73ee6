#pragma once

namespace af::al::acquisition {

/// What a heuristic asks of the step: parts of `Candidates` that it reads (the others are not
/// worked out), and what must hold for its answer to mean what its formula says.
struct Needs {
  bool log_probabilities = false;         ///< T stochastic passes over the candidates.
  bool target_log_probabilities = false;  ///< T stochastic passes over sampled targets.
  bool embeddings = false;                ///< One pass with dropout off.
  bool labelled_embeddings = false;       ///< The same over the labelled rows.
  bool consistent_masks = false;          ///< One draw of the masks for the whole pool.
  bool dropout = false;                   ///< Passes that differ: what it measures lies in that.
  bool truth = false;                     ///< An oracle: reads labels and groups of the pool.

  bool operator==(const Needs&) const = default;
};

}  // namespace af::al::acquisition

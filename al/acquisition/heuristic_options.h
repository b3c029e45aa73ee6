#pragma once

#include <cstdint>

namespace af::al::acquisition {

/// What can be set about heuristics; each looks at its own.
struct HeuristicOptions {
  double coldness = 1;  ///< beta of PowerBALD, SoftmaxBALD, SoftRankBALD, above 0.
  std::int64_t joint_configurations = 512;  ///< Label configurations that BatchBALD keeps.
  std::int64_t joint_memory_mb = 32;  ///< Scratch memory of BatchBALD and EPIG, in 10^6 bytes; what
                                      ///< fits the processor's cache is fastest.
  std::int64_t target_samples = 100;  ///< Inputs that EPIG predicts for.
};

}  // namespace af::al::acquisition

#include "al/acquisition/random.h"

#include "core/random.h"

namespace af::al::acquisition {

std::vector<double> random_draws(const Candidates& candidates) {
  const std::uint64_t step = static_cast<std::uint64_t>(candidates.step()) << 32;
  std::vector<double> scores;
  for (const std::int64_t row : candidates.rows()) {
    Stream stream(candidates.seed(), Purpose::kAcquisition, step | static_cast<std::uint64_t>(row));
    scores.push_back(stream.uniform());
  }
  return scores;
}

}  // namespace af::al::acquisition

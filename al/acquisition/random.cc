#include "al/acquisition/random.h"

#include "core/random.h"

namespace af::al::acquisition {

std::vector<Choice> Random::choose(Candidates& candidates, std::size_t count) const {
  const std::uint64_t step = static_cast<std::uint64_t>(candidates.step()) << 32;
  std::vector<double> scores;
  for (const std::int64_t row : candidates.rows()) {
    Stream stream(candidates.seed(), Purpose::kAcquisition, step | static_cast<std::uint64_t>(row));
    scores.push_back(stream.uniform());
  }
  return highest(candidates.rows(), scores, count);
}

}  // namespace af::al::acquisition

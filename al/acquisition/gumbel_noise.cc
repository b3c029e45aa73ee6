#include "al/acquisition/gumbel_noise.h"

#include "core/portable_math.h"
#include "core/random.h"

namespace af::al::acquisition {

std::vector<double> gumbel_noise(std::uint64_t seed, std::int64_t step,
                                 std::span<const std::int64_t> rows) {
  std::vector<double> noise;
  noise.reserve(rows.size());
  for (const std::int64_t row : rows) {
    Stream stream(seed, Purpose::kAcquisitionNoise,
                  static_cast<std::uint64_t>(step) << 32 | static_cast<std::uint64_t>(row));
    const double uniform = stream.uniform() + 0x1p-54;  // Never 0, never 1.
    noise.push_back(-portable::log(-portable::log(uniform)));
  }
  return noise;
}

}  // namespace af::al::acquisition

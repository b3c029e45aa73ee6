#include "synth/noisy_levels.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/vector_clones.h"

namespace af::synth {
namespace {

constexpr int kMostBits = 6;
constexpr double kOne = 65536.0;  // What a product's upper half is taken of.
constexpr int kNoiseFactor = 16;  // As large as noise times it fits into 16 bits.
constexpr double kMostGain = 32767.0;
static_assert(kMostNoise * kNoiseFactor <= 32768);

std::uint16_t low_half(std::int64_t value) { return static_cast<std::uint16_t>(value & 0xFFFF); }

std::uint8_t level(const NoisyLevels::Steps& s, std::uint16_t painted, std::int16_t noise) {
  const auto stretched = static_cast<std::uint16_t>(painted * s.stretch + s.shift);
  const auto tone = static_cast<std::int16_t>((std::uint32_t{stretched} * s.slope) >> 16);
  const auto raised = static_cast<std::int16_t>(noise * kNoiseFactor);
  const auto scaled = static_cast<std::int16_t>((std::int32_t{raised} * s.gain) >> 16);
  const auto value = static_cast<std::int16_t>(s.base + tone + scaled);
  const std::int16_t clipped = std::min(std::max(value, std::int16_t{0}), s.most);
  return static_cast<std::uint8_t>(clipped >> s.bits);
}

AF_VECTOR_CLONES void write_bytes(NoisyLevels::Steps steps, const std::uint8_t* __restrict painted,
                                  const std::int16_t* __restrict noise, std::size_t count,
                                  std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] = level(steps, painted[i], noise[i]);
}

AF_VECTOR_CLONES void write_sums(NoisyLevels::Steps steps, const std::uint16_t* __restrict painted,
                                 const std::int16_t* __restrict noise, std::size_t count,
                                 std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] = level(steps, painted[i], noise[i]);
}

}  // namespace

NoisyLevels::NoisyLevels(LevelRange painted, double at_low, double at_high, double deviation)
    : steps_{} {
  const double per_unit = kOne / kNoiseFactor / std::sqrt(kNoiseVariance);
  int bits = kMostBits;
  while (std::ldexp(deviation, bits) * per_unit > kMostGain) --bits;
  steps_.bits = bits;
  steps_.gain = static_cast<std::int16_t>(std::ldexp(deviation, bits) * per_unit + 0.5);
  steps_.most = static_cast<std::int16_t>((256 << bits) - 1);

  const auto span = static_cast<std::uint16_t>(painted.high - painted.low);
  const int doublings = span == 0 ? 0 : std::countl_zero(span);
  const bool rising = at_high >= at_low;
  const std::int64_t stretch = (rising ? 1 : -1) * (std::int64_t{1} << doublings);
  steps_.stretch = low_half(stretch);
  steps_.shift = low_half(-stretch * (rising ? painted.low : painted.high));
  // Rounded up, so that the ends of the range come out whole.
  const double height = std::ldexp(std::abs(at_high - at_low), bits);
  steps_.slope = span == 0 ? std::uint16_t{0}
                           : low_half(static_cast<std::int64_t>(std::ceil(
                                 height * kOne / static_cast<double>(span << doublings))));
  // Products are rounded down: to round up here leaves the mean right to within a unit, and what is
  // whole whole.
  const double base = std::ldexp(std::min(at_low, at_high), bits);
  steps_.base = static_cast<std::int16_t>(std::ceil(base));
}

void NoisyLevels::write(const std::uint8_t* painted, const Noise::Block& noise, std::size_t count,
                        std::uint8_t* out) const {
  write_bytes(steps_, painted, noise.data(), count, out);
}

void NoisyLevels::write(const std::uint16_t* painted, const Noise::Block& noise, std::size_t count,
                        std::uint8_t* out) const {
  write_sums(steps_, painted, noise.data(), count, out);
}

}  // namespace af::synth

#include "synth/ramp.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/vector_clones.h"

namespace af::synth {
namespace {

std::array<Stop, kStops> sorted(std::array<Stop, kStops> stops) {
  std::ranges::stable_sort(stops, {}, &Stop::position);
  return stops;
}

/// Of 16 bits; what pixman holds a colour in.
float channel(double value) { return static_cast<float>(std::floor(value * 65535.0 + 0.5)); }

struct Bounds {
  std::int32_t low;
  std::int32_t high;
};

AF_VECTOR_CLONES Bounds bounds(const std::int32_t* positions, std::size_t count) {
  std::int32_t low = positions[0];
  std::int32_t high = positions[0];
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t position = positions[i];
    low = position < low ? position : low;
    high = position > high ? position : high;
  }
  return {low, high};
}

std::uint8_t byte(float value) {
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): pixman's rounding, of values from 0 to 255.
  return static_cast<std::uint8_t>(static_cast<std::int32_t>(value + 0.5F));
}

/// Positions that lie in two segments, the second one from `border` on. Alpha has no slope in them
/// and need not be computed for each.
AF_VECTOR_CLONES void shade_two(const std::int32_t* __restrict positions, std::size_t count,
                                std::int32_t border, Ramp::Segment s, Ramp::Segment t,
                                PixelRun out) {
  std::uint8_t* __restrict red = out.rgb[0];
  std::uint8_t* __restrict green = out.rgb[1];
  std::uint8_t* __restrict blue = out.rgb[2];
  const float first_alpha = 255.0F * s.base[3];
  const float second_alpha = 255.0F * t.base[3];
  for (std::size_t i = 0; i < count; ++i) {
    const float y = static_cast<float>(positions[i]) * (1.0F / 65536.0F);
    const bool second = positions[i] >= border;
    const auto channel = [&](std::size_t c) {
      return (second ? t.slope[c] : s.slope[c]) * y + (second ? t.base[c] : s.base[c]);
    };
    const float alpha = second ? second_alpha : first_alpha;
    red[i] = byte(alpha * channel(0));
    green[i] = byte(alpha * channel(1));
    blue[i] = byte(alpha * channel(2));
  }
}

/// Positions that lie in one segment, alpha having no slope in it.
AF_VECTOR_CLONES void shade_one(const std::int32_t* __restrict positions, std::size_t count,
                                Ramp::Segment s, PixelRun out) {
  std::uint8_t* __restrict red = out.rgb[0];
  std::uint8_t* __restrict green = out.rgb[1];
  std::uint8_t* __restrict blue = out.rgb[2];
  const float alpha = 255.0F * s.base[3];
  for (std::size_t i = 0; i < count; ++i) {
    const float y = static_cast<float>(positions[i]) * (1.0F / 65536.0F);
    red[i] = byte(alpha * (s.slope[0] * y + s.base[0]));
    green[i] = byte(alpha * (s.slope[1] * y + s.base[1]));
    blue[i] = byte(alpha * (s.slope[2] * y + s.base[2]));
  }
}

/// Value of channel `c` at a position in any segment.
float channel_at(const Ramp::Table& t, std::int32_t position, float y, std::size_t c) {
  const auto& s = t.segments;
  float base = position >= t.at[0] ? s[1].base[c] : s[0].base[c];
  float slope = position >= t.at[0] ? s[1].slope[c] : s[0].slope[c];
  base = position >= t.at[1] ? s[2].base[c] : base;
  slope = position >= t.at[1] ? s[2].slope[c] : slope;
  base = position >= t.at[2] ? s[3].base[c] : base;
  slope = position >= t.at[2] ? s[3].slope[c] : slope;
  return slope * y + base;
}

AF_VECTOR_CLONES void shade_any(const std::int32_t* __restrict positions, std::size_t count,
                                Ramp::Table t, PixelRun out) {
  std::uint8_t* __restrict red = out.rgb[0];
  std::uint8_t* __restrict green = out.rgb[1];
  std::uint8_t* __restrict blue = out.rgb[2];
  for (std::size_t i = 0; i < count; ++i) {
    const float y = static_cast<float>(positions[i]) * (1.0F / 65536.0F);
    const float alpha = 255.0F * channel_at(t, positions[i], y, 3);
    red[i] = byte(alpha * channel_at(t, positions[i], y, 0));
    green[i] = byte(alpha * channel_at(t, positions[i], y, 1));
    blue[i] = byte(alpha * channel_at(t, positions[i], y, 2));
  }
}

AF_VECTOR_CLONES void shade_alpha(const std::int32_t* __restrict positions, std::size_t count,
                                  Ramp::Table t, std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const float y = static_cast<float>(positions[i]) * (1.0F / 65536.0F);
    out[i] = byte(255.0F * channel_at(t, positions[i], y, 3));
  }
}

/// Pixels shaded at once: enough to make a call cheap, few enough to lie in one segment mostly.
constexpr std::size_t kBatch = 64;

}  // namespace

Ramp::Ramp(const std::array<Stop, kStops>& unsorted) {
  const std::array<Stop, kStops> stops = sorted(unsorted);
  std::ranges::transform(stops, table_.at.begin(), [](const Stop& stop) {
    return static_cast<std::int32_t>(std::nearbyint(stop.position * 65536.0));
  });
  constexpr float kPer257 = 1.0F / 257.0F;
  constexpr float kPer255 = 1.0F / 255.0F;
  constexpr float kPerOne = 1.0F / 65536.0F;
  for (std::size_t k = 0; k <= kStops; ++k) {
    const std::size_t left = k == 0 ? 0 : k - 1;
    const std::size_t right = std::min(k, kStops - 1);
    const float left_at = static_cast<float>(table_.at[left]) * kPerOne;
    const float right_at = static_cast<float>(table_.at[right]) * kPerOne;
    const float per_length = 1.0F / (right_at - left_at);
    for (std::size_t c = 0; c < 4; ++c) {
      const float l = channel(stops[left].rgba[c]) * kPer257;
      const float r = channel(stops[right].rgba[c]) * kPer257;
      if (left == right) {
        table_.segments[k].base[c] = (l + r) / 510.0F;
        table_.segments[k].slope[c] = 0.0F;
      } else {
        table_.segments[k].base[c] = (l * right_at - r * left_at) * per_length * kPer255;
        table_.segments[k].slope[c] = (r - l) * per_length * kPer255;
      }
    }
  }
}

void Ramp::shade(std::span<const std::int32_t> positions, const PixelRun& out) const {
  const auto segment_at = [&](std::int32_t position) {
    std::size_t segment = 0;
    for (const std::int32_t stop : table_.at) segment += position >= stop ? 1 : 0;
    return segment;
  };
  for (std::size_t begin = 0; begin < positions.size(); begin += kBatch) {
    const std::size_t count = std::min(kBatch, positions.size() - begin);
    const std::int32_t* const at = positions.data() + begin;
    const PixelRun run{{out.rgb[0] + begin, out.rgb[1] + begin, out.rgb[2] + begin}, nullptr};
    const auto [low, high] = bounds(at, count);
    const std::size_t first = segment_at(low);
    const std::size_t last = segment_at(high);
    const Segment& s = table_.segments[first];
    const Segment& t = table_.segments[last];
    const bool level = s.slope[3] == 0.0F && t.slope[3] == 0.0F;
    if (level && first == last) {
      shade_one(at, count, s, run);
    } else if (level && first + 1 == last) {
      shade_two(at, count, table_.at[first], s, t, run);
    } else {
      shade_any(at, count, table_, run);
    }
  }
  if (out.alpha != nullptr) shade_alpha(positions.data(), positions.size(), table_, out.alpha);
}

}  // namespace af::synth

#include "synth/tone.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "synth/noise.h"
#include "core/vector_clones.h"

namespace af::synth {
namespace {

/// Painted values: bytes of one channel, or sums of three for grey.
constexpr int kGreyLevels = 3 * 255 + 1;

struct Range {
  int low;
  int high;
};

AF_VECTOR_CLONES Range range_of(const std::uint8_t* plane, std::size_t count) {
  std::uint8_t low = 255;
  std::uint8_t high = 0;
  for (std::size_t i = 0; i < count; ++i) {
    low = std::min(low, plane[i]);
    high = std::max(high, plane[i]);
  }
  return {low, high};
}

Range colour_range(const Canvas& canvas) {
  Range all{255, 0};
  for (std::size_t c = 0; c < 3; ++c) {
    const Range one = range_of(canvas.plane(c).data(), canvas.plane(c).size());
    all = {std::min(all.low, one.low), std::max(all.high, one.high)};
  }
  return all;
}

int grey_sum(const Canvas& canvas, std::size_t i) {
  return canvas.plane(0)[i] + canvas.plane(1)[i] + canvas.plane(2)[i];
}

Range grey_range(const Canvas& canvas) {
  Range all{kGreyLevels, 0};
  for (std::size_t i = 0; i < canvas.plane(0).size(); ++i) {
    const int sum = grey_sum(canvas, i);
    all = {std::min(all.low, sum), std::max(all.high, sum)};
  }
  return all;
}

/// What a painted value becomes before noise.
class Tone {
 public:
  Tone(const Scene& scene, bool grey, Range painted)
      : inverse_(scene.inverse), grey_(grey), painted_(painted) {
    const float a = shade(painted.low);
    const float b = shade(painted.high);
    low_ = std::min(a, b);
    high_ = std::max(a, b);
    stretch_ = scene.max_contrast && high_ > low_;
  }

  [[nodiscard]] float value(int painted) const {
    const float v = shade(painted);
    return stretch_ ? (v - low_) / (high_ - low_) : v;
  }
  [[nodiscard]] Range painted() const { return painted_; }

 private:
  [[nodiscard]] float shade(int painted) const {
    const float v = static_cast<float>(painted) / 256.0F;
    const float mean = grey_ ? v / 3.0F : v;
    return inverse_ ? 1.0F - mean : mean;
  }

  bool inverse_;
  bool grey_;
  Range painted_;
  float low_ = 0.0F;
  float high_ = 1.0F;
  bool stretch_ = false;
};

using Levels = std::array<std::uint8_t, kGreyLevels>;

/// 255 v, clipped and truncated, for every painted value that occurs.
Levels levels_of(const Tone& tone) {
  Levels levels{};
  for (int k = tone.painted().low; k <= tone.painted().high; ++k) {
    const float v = std::clamp(tone.value(k), 0.0F, 1.0F);
    levels[static_cast<std::size_t>(k)] = static_cast<std::uint8_t>(v * 255.0F);
  }
  return levels;
}

/// 255 v as a linear function of the painted value, and noise in the same unit.
struct NoisyLevels {
  float slope;
  float offset;  ///< Less the mean of the noise.
  float noise;   ///< Levels for each unit of `Noise`.
};

NoisyLevels noisy_levels_of(const Tone& tone, double noise_scale) {
  const auto [low, high] = tone.painted();
  const float at_low = tone.value(low) * 255.0F;
  const float slope =
      high > low ? (tone.value(high) * 255.0F - at_low) / static_cast<float>(high - low) : 0.0F;
  const auto noise = static_cast<float>(noise_scale * 255.0 / std::sqrt(kNoiseVariance));
  const float mean = noise * static_cast<float>(kNoiseMean);
  return {slope, at_low - slope * static_cast<float>(low) - mean, noise};
}

std::uint8_t noisy(const NoisyLevels& levels, int painted, std::int32_t noise) {
  const float value = levels.slope * static_cast<float>(painted) + levels.offset;
  const float level = value + levels.noise * static_cast<float>(noise);
  const float clipped = level < 0.0F ? 0.0F : level > 255.0F ? 255.0F : level;
  return static_cast<std::uint8_t>(static_cast<std::int32_t>(clipped));
}

/// @param state  Of the first value's noise.
AF_VECTOR_CLONES void write_noisy(NoisyLevels levels, Noise noise, std::uint32_t state,
                                  const std::uint8_t* __restrict plane, std::uint32_t count,
                                  std::uint8_t* __restrict out) {
  for (std::uint32_t i = 0; i < count; ++i) {
    out[i] = noisy(levels, plane[i], noise(state));
    state += Noise::kStride;
  }
}

AF_VECTOR_CLONES void interleave(const std::uint8_t* __restrict red,
                                 const std::uint8_t* __restrict green,
                                 const std::uint8_t* __restrict blue, std::size_t count,
                                 std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    out[3 * i] = red[i];
    out[3 * i + 1] = green[i];
    out[3 * i + 2] = blue[i];
  }
}

/// Pixels whose three channels are noised before they are interleaved: they stay in the cache.
constexpr std::size_t kBatch = 512;

void finish_colour(const Canvas& canvas, const Scene& scene, std::span<std::uint8_t> image) {
  const Tone tone(scene, false, colour_range(canvas));
  const std::size_t pixels = canvas.plane(0).size();
  if (scene.noise_scale == 0.0) {
    const Levels levels = levels_of(tone);
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < 3; ++c) image[3 * i + c] = levels[canvas.plane(c)[i]];
    }
    return;
  }
  const Noise noise(static_cast<std::uint64_t>(scene.noise_key));
  const NoisyLevels levels = noisy_levels_of(tone, scene.noise_scale);
  std::array<std::array<std::uint8_t, kBatch>, 3> batch;
  for (std::size_t first = 0; first < pixels; first += kBatch) {
    const std::size_t count = std::min(kBatch, pixels - first);
    for (std::size_t c = 0; c < 3; ++c) {
      write_noisy(levels, noise, noise.state(static_cast<std::uint32_t>(c * pixels + first)),
                  canvas.plane(c).data() + first, static_cast<std::uint32_t>(count),
                  batch[c].data());
    }
    interleave(batch[0].data(), batch[1].data(), batch[2].data(), count, image.data() + 3 * first);
  }
}

void finish_grey(const Canvas& canvas, const Scene& scene, std::span<std::uint8_t> image) {
  const Tone tone(scene, true, grey_range(canvas));
  const Levels levels = levels_of(tone);
  const Noise noise(static_cast<std::uint64_t>(scene.noise_key));
  const NoisyLevels with_noise = noisy_levels_of(tone, scene.noise_scale);
  for (std::size_t i = 0; i < image.size(); ++i) {
    const int sum = grey_sum(canvas, i);
    image[i] = scene.noise_scale == 0.0
                   ? levels[static_cast<std::size_t>(sum)]
                   : noisy(with_noise, sum, noise(noise.state(static_cast<std::uint32_t>(i))));
  }
}

}  // namespace

void finish(const Canvas& canvas, const Scene& scene, int channels, std::span<std::uint8_t> image) {
  if (channels == 1) {
    finish_grey(canvas, scene, image);
  } else {
    finish_colour(canvas, scene, image);
  }
}

}  // namespace af::synth

#include "synth/tone.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/vector_clones.h"
#include "synth/noise.h"
#include "synth/noisy_levels.h"

namespace af::synth {
namespace {

/// Painted values: bytes of one channel, or sums of three for grey.
constexpr int kGreyLevels = 3 * 255 + 1;

AF_VECTOR_CLONES LevelRange range_of(const std::uint8_t* plane, std::size_t count) {
  std::uint8_t low = 255;
  std::uint8_t high = 0;
  for (std::size_t i = 0; i < count; ++i) {
    low = std::min(low, plane[i]);
    high = std::max(high, plane[i]);
  }
  return {low, high};
}

LevelRange colour_range(const Canvas& canvas) {
  LevelRange all{255, 0};
  for (std::size_t c = 0; c < 3; ++c) {
    const LevelRange one = range_of(canvas.plane(c).data(), canvas.plane(c).size());
    all = {std::min(all.low, one.low), std::max(all.high, one.high)};
  }
  return all;
}

AF_VECTOR_CLONES void add_planes(const std::uint8_t* __restrict red,
                                 const std::uint8_t* __restrict green,
                                 const std::uint8_t* __restrict blue, std::size_t count,
                                 std::uint16_t* __restrict sums) {
  for (std::size_t i = 0; i < count; ++i) {
    sums[i] = static_cast<std::uint16_t>(red[i] + green[i] + blue[i]);
  }
}

AF_VECTOR_CLONES LevelRange range_of_sums(const std::uint8_t* red, const std::uint8_t* green,
                                          const std::uint8_t* blue, std::size_t count) {
  std::uint16_t low = kGreyLevels;
  std::uint16_t high = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto sum = static_cast<std::uint16_t>(red[i] + green[i] + blue[i]);
    low = std::min(low, sum);
    high = std::max(high, sum);
  }
  return {low, high};
}

/// What a painted value becomes before noise.
class Tone {
 public:
  Tone(const Scene& scene, bool grey, LevelRange painted)
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
  [[nodiscard]] LevelRange painted() const { return painted_; }

 private:
  [[nodiscard]] float shade(int painted) const {
    const float v = static_cast<float>(painted) / 256.0F;
    const float mean = grey_ ? v / 3.0F : v;
    return inverse_ ? 1.0F - mean : mean;
  }

  bool inverse_;
  bool grey_;
  LevelRange painted_;
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

NoisyLevels noisy_levels_of(const Tone& tone, double noise_scale) {
  const auto [low, high] = tone.painted();
  const double at_low = tone.value(low);
  const double at_high = tone.value(high);
  return {tone.painted(), 255.0 * at_low, 255.0 * at_high, 255.0 * noise_scale};
}

constexpr std::size_t kBlock = Noise::kBlock;

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
  const std::size_t blocks = (pixels + kBlock - 1) / kBlock;
  Noise::Block values;
  std::array<std::array<std::uint8_t, kBlock>, 3> batch;  // They stay in the cache.
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t first = block * kBlock;
    const std::size_t count = std::min(kBlock, pixels - first);
    for (std::size_t c = 0; c < 3; ++c) {
      noise.fill(static_cast<std::uint32_t>(c * blocks + block), values);
      levels.write(canvas.plane(c).data() + first, values, count, batch[c].data());
    }
    interleave(batch[0].data(), batch[1].data(), batch[2].data(), count, image.data() + 3 * first);
  }
}

void finish_grey(const Canvas& canvas, const Scene& scene, std::span<std::uint8_t> image) {
  const std::uint8_t* const red = canvas.plane(0).data();
  const std::uint8_t* const green = canvas.plane(1).data();
  const std::uint8_t* const blue = canvas.plane(2).data();
  const Tone tone(scene, true, range_of_sums(red, green, blue, image.size()));
  const Levels exact = levels_of(tone);
  const Noise noise(static_cast<std::uint64_t>(scene.noise_key));
  const NoisyLevels noisy = noisy_levels_of(tone, scene.noise_scale);
  Noise::Block values;
  std::array<std::uint16_t, kBlock> sums;
  for (std::size_t first = 0; first < image.size(); first += kBlock) {
    const std::size_t count = std::min(kBlock, image.size() - first);
    std::uint8_t* const out = image.data() + first;
    add_planes(red + first, green + first, blue + first, count, sums.data());
    if (scene.noise_scale == 0.0) {
      for (std::size_t i = 0; i < count; ++i) out[i] = exact[sums[i]];
    } else {
      noise.fill(static_cast<std::uint32_t>(first / kBlock), values);
      noisy.write(sums.data(), values, count, out);
    }
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

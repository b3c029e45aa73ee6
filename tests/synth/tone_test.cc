#include "synth/tone.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace af::synth {
namespace {

constexpr int kSide = 256;

std::vector<std::uint8_t> finished(const Scene& scene, int channels = 3) {
  Canvas canvas(kSide);
  canvas.fill(scene.background);
  std::vector<std::uint8_t> image(std::size_t{kSide} * kSide * static_cast<std::size_t>(channels));
  finish(canvas, scene, channels, image);
  return image;
}

struct Moments {
  double mean;
  double deviation;
};

Moments moments(const std::vector<std::uint8_t>& image) {
  double sum = 0.0;
  for (const std::uint8_t v : image) sum += v;
  const double n = static_cast<double>(image.size());
  double squares = 0.0;
  for (const std::uint8_t v : image) squares += (v - sum / n) * (v - sum / n);
  return {sum / n, std::sqrt(squares / n)};
}

TEST(Tone, SolidWithoutNoiseIsOneLevel) {
  Scene scene;
  scene.background = solid({0.5, 0.5, 0.5});
  // 16 bits 32768, upper 8 of them 128; 128 / 256 * 255 = 127.5, truncated.
  EXPECT_EQ(finished(scene), std::vector<std::uint8_t>(3 * kSide * kSide, 127));
  EXPECT_EQ(finished(scene, 1), std::vector<std::uint8_t>(kSide * kSide, 127));
}

TEST(Tone, InverseTurnsBlackIntoWhite) {
  Scene scene;
  scene.background = solid({0.0, 0.0, 0.0});
  scene.inverse = true;
  EXPECT_EQ(finished(scene), std::vector<std::uint8_t>(3 * kSide * kSide, 255));
}

TEST(Tone, NoiseHasTheDeviationAskedFor) {
  Scene scene;
  scene.background = solid({0.5, 0.5, 0.5});
  scene.noise_key = 12345;
  for (const double scale : {0.01, 0.02, 0.05, 0.1}) {
    scene.noise_scale = scale;
    // Truncation takes half a level off the mean and adds 1/12 to the variance. Bounds: six
    // standard errors.
    const double expected = std::sqrt(255.0 * scale * 255.0 * scale + 1.0 / 12.0);
    for (const int channels : {3, 1}) {
      const auto [mean, deviation] = moments(finished(scene, channels));
      const double error = 6.0 * expected / std::sqrt(kSide * kSide * channels);
      EXPECT_NEAR(mean, 127.5 - 0.5, error);
      EXPECT_NEAR(deviation, expected, error / std::sqrt(2.0));
    }
  }
}

TEST(Tone, EqualKeysGiveEqualNoise) {
  Scene scene;
  scene.background = solid({0.5, 0.4, 0.3});
  scene.noise_scale = 0.05;
  scene.noise_key = 1;
  const std::vector<std::uint8_t> one = finished(scene);
  EXPECT_EQ(finished(scene), one);
  scene.noise_key = 2;
  EXPECT_NE(finished(scene), one);
}

TEST(Tone, VanishingNoiseIsNoNoise) {
  Scene scene;
  Gradient gradient;
  gradient.points = {0.0, 0.0, 1.0, 1.0, 0.0, 0.0};
  gradient.stops = {Stop{0.0, {0.1, 0.9, 0.3, 1.0}}, Stop{0.5, {0.7, 0.2, 0.4, 1.0}},
                    Stop{1.0, {0.3, 0.5, 1.0, 1.0}}};
  scene.background = single(gradient);
  scene.max_contrast = true;
  const std::vector<std::uint8_t> exact = finished(scene);
  scene.noise_scale = 1e-12;
  const std::vector<std::uint8_t> noisy = finished(scene);
  for (std::size_t i = 0; i < exact.size(); ++i) EXPECT_NEAR(noisy[i], exact[i], 1);
}

}  // namespace
}  // namespace af::synth

#include "al/models/winograd_convolution.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "al/models/winograd_kernel.h"
#include "tests/al/models/patternless.h"

namespace af::al::models {
namespace {

at::Tensor floats(at::IntArrayRef shape) { return test::patternless(shape).to(at::kFloat); }

/// The same by LibTorch's operators.
at::Tensor plain(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                 bool pooled) {
  const at::Tensor y = at::conv2d(x, weight, bias, {1, 1}, {1, 1}).relu();
  return pooled ? at::max_pool2d(y, {2, 2}) : y;
}

struct MapCase {
  std::int64_t channels;
  std::int64_t height;
  std::int64_t width;
  bool pooled;
};

class Winograd : public testing::TestWithParam<MapCase> {};
INSTANTIATE_TEST_SUITE_P(Maps, Winograd,
                         testing::Values(MapCase{16, 8, 12, false}, MapCase{16, 8, 12, true},
                                         MapCase{64, 5, 7, false}, MapCase{64, 7, 5, true},
                                         MapCase{3, 1, 2, false}, MapCase{1, 13, 9, true},
                                         MapCase{32, 2, 2, true}, MapCase{40, 6, 3, false}));

TEST_P(Winograd, IsTheConvolutionItsRectifierAndItsPooling) {
  const auto [channels, height, width, pooled] = GetParam();
  const at::Tensor x = test::patternless({5, channels, height, width});
  const at::Tensor weight = test::patternless({128, channels, 3, 3});
  const at::Tensor bias = test::patternless({128});
  const at::Tensor expected = plain(x, weight, bias, pooled);
  const WinogradConvolution layer(weight.to(at::kFloat), bias.to(at::kFloat), pooled);
  const at::Tensor y = layer(x.to(at::kFloat));
  ASSERT_EQ(y.sizes(), expected.sizes());
  EXPECT_TRUE(y.is_contiguous(at::MemoryFormat::ChannelsLast));
  const double deviation = expected.std().item<double>();
  EXPECT_GT(deviation, 0);
  EXPECT_LT((y - expected).abs().max().item<double>(), 2e-5 * deviation);
}

TEST(WinogradConvolution, ErrsByMillionthsOfTheDeviation) {
  const at::Tensor x = test::patternless({2, 512, 8, 8}).relu();
  const at::Tensor weight = test::patternless({64, 512, 3, 3});
  const at::Tensor bias = test::patternless({64});
  const at::Tensor exact = at::conv2d(x, weight, bias, {1, 1}, {1, 1});
  // Far above 0, so that the rectifier hides nothing.
  const at::Tensor shift = bias + 2 * exact.abs().max();
  const WinogradConvolution layer(weight.to(at::kFloat), shift.to(at::kFloat), false);
  const at::Tensor error = layer(x.to(at::kFloat)) - plain(x, weight, shift, false);
  EXPECT_LT(error.square().mean().sqrt().item<double>(), 3e-6 * exact.std().item<double>());
}

TEST(WinogradConvolution, OfAnImageDoesNotDependOnTheOthersOrTheThreads) {
  const int before = at::get_num_threads();
  const at::Tensor x = floats({40, 32, 9, 8});
  const WinogradConvolution layer(floats({192, 32, 3, 3}), floats({192}), false);
  at::set_num_threads(2);
  const at::Tensor all = layer(x);
  const at::Tensor shared = layer(x.narrow(0, 37, 1));  // Fewer blocks of tiles than threads.
  at::set_num_threads(1);
  const at::Tensor alone = layer(x.narrow(0, 37, 1));
  at::set_num_threads(before);
  EXPECT_TRUE(at::equal(alone, all.narrow(0, 37, 1)));
  EXPECT_TRUE(at::equal(alone, shared));
}

TEST(PoolPixels, GiveTheLargestOfFourOrNotANumber) {
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  const auto pooled = [](std::array<float, 4> pixels) {
    float out = 0;
    winograd::pool_pixels(pixels.data(), {2, 1}, 1, &out);
    return out;
  };
  for (std::size_t i = 0; i < 4; ++i) {
    std::array<float, 4> pixels{1, 1, 1, 1};
    pixels[i] = 2;
    EXPECT_EQ(pooled(pixels), 2);
    pixels[i] = kNone;
    EXPECT_TRUE(std::isnan(pooled(pixels))) << i;
  }
}

TEST(WinogradConvolution, KeepsWhatIsNotANumber) {
  at::Tensor x = floats({1, 16, 8, 8});
  x[0][3][2][5] = std::numeric_limits<float>::quiet_NaN();
  const at::Tensor weight = floats({64, 16, 3, 3});
  for (const bool pooled : {false, true}) {
    const at::Tensor expected = plain(x, weight, floats({64}), pooled).isnan();
    const at::Tensor y = WinogradConvolution(weight, floats({64}), pooled)(x).isnan();
    EXPECT_TRUE(expected.any().item<bool>());
    EXPECT_TRUE(y.logical_or(expected.logical_not()).all().item<bool>());
    // Of a tile that it reaches it may take all, of the others none.
    EXPECT_FALSE(y.all().item<bool>());
  }
}

}  // namespace
}  // namespace af::al::models

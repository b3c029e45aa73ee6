#include "al/models/dropout_masks.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace af::al {
namespace {

constexpr std::int64_t kWidth = 128;
const MaskAddress kAddress{.seed = 3, .step = 2, .source = RowSource::kPool};

at::Tensor bits_of(const MaskAddress& address, std::vector<std::int64_t> rows, std::int64_t draws,
                   std::int64_t layer = 0) {
  return mc_mask_bits(address, draws, layer, rows, kWidth)
      .view({draws, static_cast<std::int64_t>(rows.size()), -1});
}

TEST(McMasks, AreTheSameForARowInAnyBatchAndAnyNumberOfDraws) {
  const at::Tensor all = bits_of(kAddress, {5, 6, 7, 8}, 4);
  const at::Tensor some = bits_of(kAddress, {8, 6}, 2);
  EXPECT_TRUE(at::equal(some.select(1, 0), all.select(1, 3).narrow(0, 0, 2)));
  EXPECT_TRUE(at::equal(some.select(1, 1), all.select(1, 1).narrow(0, 0, 2)));
}

TEST(McMasks, DifferByDrawRowLayerStepSeedAndSource) {
  const at::Tensor bits = bits_of(kAddress, {5, 6}, 2);
  EXPECT_FALSE(at::equal(bits[0][0], bits[1][0]));
  EXPECT_FALSE(at::equal(bits[0][0], bits[0][1]));
  EXPECT_FALSE(at::equal(bits, bits_of(kAddress, {5, 6}, 2, 1)));
  for (const MaskAddress& other :
       {MaskAddress{3, 1, RowSource::kPool}, MaskAddress{4, 2, RowSource::kPool},
        MaskAddress{3, 2, RowSource::kTest}}) {
    EXPECT_FALSE(at::equal(bits, bits_of(other, {5, 6}, 2)));
  }
}

TEST(McMasks, KeepHalfOfTheElements) {
  std::vector<std::int64_t> rows(200);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int64_t>(i);
  const at::Tensor factors =
      mask_factors(mc_mask_bits(kAddress, 10, 0, rows, kWidth), kWidth, at::kCPU);
  const auto kept = static_cast<double>((factors > 0).sum().item<std::int64_t>());
  const auto count = static_cast<double>(factors.numel());
  // 3.29 standard deviations: two-sided alpha of 1e-3.
  EXPECT_NEAR(kept / count, .5, 3.29 * .5 / std::sqrt(count));
}

TEST(MaskFactors, AreTwoWhereTheBitIsSetAndElseZero) {
  const at::Tensor bits = at::tensor({0b1011, -1}, at::kInt).view({1, 2});
  const at::Tensor factors = mask_factors(bits, 40, at::kCPU);
  ASSERT_EQ(factors.sizes(), (std::vector<std::int64_t>{1, 40}));
  EXPECT_TRUE(at::equal(factors[0].narrow(0, 0, 5), at::tensor({2.F, 2.F, 0.F, 2.F, 0.F})));
  EXPECT_TRUE(at::equal(factors[0].narrow(0, 32, 8), at::full({8}, 2.F)));
}

TEST(MaskFactors, AreTheSameByTableAndByOperators) {
  const at::Tensor bits = mc_mask_bits(kAddress, 3, 1, std::vector<std::int64_t>{1, 9, 4}, 100);
  EXPECT_TRUE(
      at::equal(mask_factors(bits, 100, at::kCPU), mask_factors_by_operators(bits, 100, at::kCPU)));
}

TEST(TrainingMasks, DifferByStepEpochBatchAndLayer) {
  const at::Tensor bits = training_mask_bits({1, 2, 3, 4}, 0, 8, kWidth);
  EXPECT_TRUE(at::equal(bits, training_mask_bits({1, 2, 3, 4}, 0, 8, kWidth)));
  EXPECT_FALSE(at::equal(bits, training_mask_bits({1, 2, 3, 4}, 1, 8, kWidth)));
  for (const TrainingMaskAddress& other :
       {TrainingMaskAddress{0, 2, 3, 4}, {1, 0, 3, 4}, {1, 2, 0, 4}, {1, 2, 3, 0}}) {
    EXPECT_FALSE(at::equal(bits, training_mask_bits(other, 0, 8, kWidth)));
  }
}

}  // namespace
}  // namespace af::al

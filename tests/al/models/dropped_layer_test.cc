#include "al/models/dropped_layer.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "al/models/block_product.h"
#include "al/models/dropout_masks.h"
#include "tests/al/models/patternless.h"

namespace af::al::models {
namespace {

constexpr std::int64_t kDraws = 3;

struct Case {
  LinearLayer layer;
  at::Tensor features;      ///< [N, F]
  at::Tensor feature_bits;  ///< [3 N, F / 32]
  at::Tensor hidden_bits;

  at::Tensor hidden(bool bfloat16) const {
    return dropped_layer(layer, features, feature_bits, hidden_bits, bfloat16);
  }
};

/// About half of them 0, as behind a rectifier; those of image 3 all, of image 4 none, and half of
/// those of image 5.
at::Tensor features() {
  const at::Tensor all = test::patternless({300, 1024}).to(at::kFloat);
  at::Tensor x = all.relu();
  x[3].zero_();
  x[4] = all[4].abs() + 1;
  x[5].narrow(0, 0, 512).zero_();
  return x;
}

/// Of images `first` to `first` + `count` - 1: those rows whatever is asked for beside them.
Case case_of(std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> rows;
  for (std::int64_t row = first; row < first + count; ++row) rows.push_back(row);
  const auto bits = [&](std::int64_t layer, std::int64_t width) {
    return mc_mask_bits({.seed = 3, .step = 1, .source = RowSource::kPool}, kDraws, layer, rows,
                        width);
  };
  return {{test::patternless({192, 1024}).to(at::kFloat), test::patternless({192}).to(at::kFloat)},
          features().narrow(0, first, count),
          bits(0, 1024),
          bits(1, 192)};
}

/// The formula, in double precision and from factors.
at::Tensor plain(const Case& one, bool bfloat16) {
  const auto factor = [&](const at::Tensor& value) {
    return bfloat16 ? value.to(at::kBFloat16).to(at::kDouble) : value.to(at::kDouble);
  };
  const at::Tensor dropped =
      one.features.repeat({kDraws, 1}) * mask_factors(one.feature_bits, 1024, at::kCPU);
  const at::Tensor sums = factor(dropped).matmul(factor(one.layer.weight).t()) + one.layer.bias;
  return sums.relu() * mask_factors(one.hidden_bits, 192, at::kCPU);
}

class DroppedLayer : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!has_dropped_layer(case_of(0, 1).layer, GetParam())) {
      GTEST_SKIP() << "not for this processor";
    }
  }
};
std::string precision_label(const testing::TestParamInfo<bool>& info) {
  return info.param ? "bf16" : "fp32";
}
INSTANTIATE_TEST_SUITE_P(Precisions, DroppedLayer, testing::Bool(), precision_label);

TEST_P(DroppedLayer, IsTheLinearLayerBetweenTwoDropouts) {
  for (const std::int64_t count : {1, 7, 230}) {  // In one block of rows, and in two passes.
    const Case one = case_of(2, count);
    const at::Tensor expected = plain(one, GetParam());
    const at::Tensor hidden = one.hidden(GetParam());
    ASSERT_EQ(hidden.sizes(), expected.sizes());
    EXPECT_EQ(hidden.scalar_type(), at::kFloat);
    EXPECT_LT((hidden - expected).abs().max().item<double>(), 1e-5 * expected.std().item<double>());
  }
}

TEST_P(DroppedLayer, OfARowDoesNotDependOnTheOthersOrTheThreads) {
  const int before = at::get_num_threads();
  at::set_num_threads(2);
  const at::Tensor all = case_of(0, 230).hidden(GetParam()).view({kDraws, 230, 192});
  at::set_num_threads(1);
  const at::Tensor alone = case_of(219, 1).hidden(GetParam()).view({kDraws, 1, 192});
  at::set_num_threads(before);
  EXPECT_TRUE(at::equal(alone, all.narrow(1, 219, 1)));
}

TEST_P(DroppedLayer, IsLeftToLibTorchWhereOneDnnMayNotBeUsed) {
  const bool before = at::globalContext().userEnabledMkldnn();
  at::globalContext().setUserEnabledMkldnn(false);
  EXPECT_FALSE(has_dropped_layer(case_of(0, 1).layer, GetParam()));
  at::globalContext().setUserEnabledMkldnn(before);
}

TEST(HasDroppedLayer, TakesShapesThatFillItsBlocks) {
  if (!multiplies_blocks()) GTEST_SKIP() << "not for this processor";
  const auto takes = [](std::int64_t out, std::int64_t in) {
    return has_dropped_layer({at::empty({out, in}), at::empty({out})}, false);
  };
  EXPECT_TRUE(takes(64, 512));
  EXPECT_FALSE(takes(60, 512));
  EXPECT_FALSE(takes(64, 544));
  EXPECT_FALSE(takes(128, 32)) << "the small network's layer, whose results stand in docs/study.md";
}

}  // namespace
}  // namespace af::al::models

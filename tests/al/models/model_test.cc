#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "al/inference/prediction.h"
#include "al/models/make_classifier.h"
#include "al/models/pooling_kernel.h"
#include "al/models/registry.h"
#include "al/models/vgg16.h"
#include "core/errors.h"
#include "core/random.h"
#include "tests/al/devices.h"
#include "tests/al/models/patternless.h"

namespace af::al {
namespace {

/// The last layer's weights in a network that is sure of itself, as after training: where those of
/// a fresh one leave all probabilities near one another.
constexpr double kConfidence = .3;

ImageTable noise_images(std::int64_t rows, std::int64_t side) {
  ImageTable table;
  table.rows = rows;
  table.height = table.width = side;
  table.channels = 3;
  Stream stream(1, Purpose::kTest, 0);
  for (std::int64_t i = 0; i < rows * side * side * 3; ++i) {
    table.pixels.push_back(static_cast<std::uint8_t>(stream.bits()));
  }
  return table;
}

/// What the network is on paper: everything from the image on, once a draw, with the same masks.
at::Tensor plain_draws(const models::Classifier& net, const at::Tensor& images,
                       const std::vector<std::int64_t>& rows, const MaskAddress& address,
                       std::int64_t draws) {
  const auto factors = [&](std::int64_t layer, std::int64_t width) {
    return mask_factors(mc_mask_bits(address, draws, layer, rows, width), width, images.device())
        .view({draws, images.size(0), width});
  };
  const at::Tensor first = factors(0, net.head->feature_count());
  const at::Tensor second = factors(1, net.head->hidden_count());
  std::vector<at::Tensor> all;
  for (std::int64_t t = 0; t < draws; ++t) {
    const at::Tensor features =
        net.backbone->features(net.backbone->representation(images, models::Mode::kEval));
    all.push_back(at::log_softmax(net.head->logits(features * first[t], second[t]), 1));
  }
  return at::stack(all);
}

/// Batch norm that has seen something, as after training.
void warm_up(const models::Classifier& net, const at::Tensor& images) {
  for (int i = 0; i < 3; ++i) {
    static_cast<void>(net.backbone->representation(images, models::Mode::kTrain));
  }
}

struct CachedCase {
  std::string model;
  std::int64_t side;
};
using ModelAndDevice = std::tuple<CachedCase, std::string>;

std::string case_label(const testing::TestParamInfo<ModelAndDevice>& info) {
  const auto& [one, device] = info.param;
  return one.model + std::to_string(one.side) + "_" + device.substr(0, device.find(':'));
}

/// Whether LibTorch may use oneDNN, without which everything goes through its plain operators.
class OneDnn {
 public:
  explicit OneDnn(bool allowed) { at::globalContext().setUserEnabledMkldnn(allowed); }
  ~OneDnn() { at::globalContext().setUserEnabledMkldnn(true); }
  OneDnn(const OneDnn&) = delete;
  OneDnn& operator=(const OneDnn&) = delete;
};

void make_confident(models::Classifier& net, std::int64_t classes) {
  const std::int64_t inputs =
      net.head->hidden_count() > 0 ? net.head->hidden_count() : net.head->feature_count();
  net.parameters.set_start(net.last_layer + ".weight",
                           test::patternless({classes, inputs}).mul(kConfidence));
}

class CachedFeatures : public testing::TestWithParam<ModelAndDevice> {};
INSTANTIATE_TEST_SUITE_P(
    All, CachedFeatures,
    testing::Combine(testing::Values(CachedCase{"small", 32}, CachedCase{"vgg16", 64},
                                     CachedCase{"vgg16", 96}, CachedCase{"resnet18", 64}),
                     testing::ValuesIn(test::devices())),
    case_label);

TEST_P(CachedFeatures, GiveTheProbabilitiesOfTheWholeNetworkRepeated) {
  const at::NoGradGuard no_grad;
  const auto& [one, device_name] = GetParam();
  const at::Device device(device_name);
  const ImageTable table = noise_images(5, one.side);
  const ResidentImages images(table, channel_statistics(table), device);
  const auto net = models::make_classifier(one.model, {one.side, one.side, 3}, 3, device);
  make_confident(*net, 3);
  net->parameters.reset(4);
  const std::vector<std::int64_t> rows{4, 0};
  const at::Tensor batch = images.batch(at::tensor({4, 0}, at::kLong).to(device));
  warm_up(*net, batch);
  const MaskAddress address{.seed = 4, .step = 1, .source = RowSource::kPool};
  const at::Tensor plain = plain_draws(*net, batch, rows, address, 3).exp();
  EXPECT_LT(plain.min().item<double>(), .25);
  for (const bool allowed : {true, false}) {
    const OneDnn one_dnn(allowed);
    const at::Tensor cached =
        mc_log_probabilities(*net, features_of(*net, images, rows), rows, address, 3).exp();
    EXPECT_LT((cached - plain).abs().max().item<double>(), 1e-5);
  }
}

TEST(McPrediction, OfARowDoesNotDependOnTheOthers) {
  const ImageTable table = noise_images(70, 16);
  const ResidentImages images(table, channel_statistics(table), at::kCPU);
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  net->parameters.reset(1);
  const auto predict = [&](const std::vector<std::int64_t>& rows) {
    return mc_log_probabilities(*net, features_of(*net, images, rows), rows,
                                {.seed = 1, .step = 0, .source = RowSource::kPool}, 5)
        .exp();
  };
  std::vector<std::int64_t> all(70);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
  const at::Tensor difference = predict(all).select(1, 69) - predict({69}).select(1, 0);
  EXPECT_LT(difference.abs().max().item<double>(), 1e-6);
}

TEST(McPrediction, WithConsistentMasksIsOneNetworkADrawForAllRows) {
  const ImageTable table = noise_images(40, 16);
  const ResidentImages images(table, channel_statistics(table), at::kCPU);
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  net->parameters.reset(1);
  const MaskAddress address{.seed = 1, .step = 3, .source = RowSource::kWholePool};
  std::vector<std::int64_t> rows(40);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int64_t>(i);
  const at::Tensor features = features_of(*net, images, rows);
  const at::Tensor all = mc_log_probabilities_consistent(*net, features, address, 5);
  // Row by row, each with the mask of row 0.
  const std::vector<std::int64_t> row_zero{0};
  for (const std::int64_t row : {0, 17, 39}) {
    const at::Tensor alone =
        mc_log_probabilities(*net, features.narrow(0, row, 1), row_zero, address, 5);
    EXPECT_LT((all.select(1, row) - alone.select(1, 0)).abs().max().item<double>(), 1e-5);
  }
  EXPECT_GT(all.std(0).min().item<double>(), 0);
}

TEST(McPrediction, InBfloat16IsNearTheOneInFloat32AndEndsWithItsScope) {
  const ImageTable table = noise_images(6, 16);
  const ResidentImages images(table, channel_statistics(table), at::kCPU);
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  net->parameters.reset(1);
  const std::vector<std::int64_t> rows{0, 1, 2, 3, 4, 5};
  const auto predict = [&] {
    return mc_log_probabilities(*net, features_of(*net, images, rows), rows,
                                {.seed = 1, .step = 0, .source = RowSource::kPool}, 5)
        .exp();
  };
  const at::Tensor exact = predict();
  {
    const PrecisionScope scope(Precision::kBfloat16, at::kCPU);
    const double difference = (predict() - exact).abs().max().item<double>();
    EXPECT_GT(difference, 0);
    EXPECT_LT(difference, .02);
  }
  EXPECT_TRUE(at::equal(predict(), exact));
}

TEST(McPrediction, AveragesProbabilitiesAndNotLogits) {
  const at::Tensor p = at::tensor({.9, .1, .2, .8}, at::kDouble).view({2, 1, 2});
  const at::Tensor mean = log_mean_probabilities(p.log()).exp();
  EXPECT_NEAR(mean[0][0].item<double>(), .55, 1e-12);
  EXPECT_NEAR(mean[0][1].item<double>(), .45, 1e-12);
}

TEST(McPrediction, IsLiveDropout) {
  const ImageTable table = noise_images(4, 16);
  const ResidentImages images(table, channel_statistics(table), at::kCPU);
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  net->parameters.reset(1);
  const std::vector<std::int64_t> rows{0, 1, 2, 3};
  const at::Tensor draws =
      mc_log_probabilities(*net, features_of(*net, images, rows), rows,
                           {.seed = 1, .step = 0, .source = RowSource::kPool}, 8);
  EXPECT_GT(draws.std(0).min().item<double>(), 0);
}

TEST(ResidentImages, AreNormalisedByChannel) {
  const ImageTable table = noise_images(40, 8);
  const ResidentImages images(table, channel_statistics(table), at::kCPU);
  const at::Tensor batch = images.batch(at::arange(40, at::kLong));
  EXPECT_EQ(batch.sizes(), (std::vector<std::int64_t>{40, 3, 8, 8}));
  EXPECT_TRUE(batch.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_LT(batch.mean({0, 2, 3}).abs().max().item<double>(), 1e-4);
  EXPECT_LT((batch.std({0, 2, 3}) - 1).abs().max().item<double>(), 1e-3);
  const double expected = (table.pixels[8 * 8 * 3 + 4] - channel_statistics(table).mean[1]) /
                          channel_statistics(table).deviation[1];
  EXPECT_NEAR(batch[1][1][0][1].item<double>(), expected, 1e-5);
}

TEST(ParameterStore, StartsFromTheSeedAlone) {
  const auto one = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  const auto other = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  one->parameters.reset(8);
  other->parameters.reset(9);
  EXPECT_FALSE(at::equal(one->parameters.values(), other->parameters.values()));
  other->parameters.reset(8);
  EXPECT_TRUE(at::equal(one->parameters.values(), other->parameters.values()));
}

TEST(ParameterStore, StartsWithinTheBoundOfItsFanIn) {
  ParameterStore store(at::kCPU);
  const at::Tensor weight = store.add("weight", {16, 4, 5, 5}, Start::kaiming(100));
  const at::Tensor scale = store.add("scale", {16}, Start::constant(1));
  store.flatten();
  store.reset(1);
  const at::Tensor values = weight.detach();
  EXPECT_LE(values.abs().max().item<double>(), .1);
  // The variance of a uniform within b is b^2 / 3; 1,600 draws leave it within 10 %.
  EXPECT_NEAR(values.var().item<double>(), .01 / 3, .1 * .01 / 3);
  EXPECT_TRUE(at::equal(scale.detach(), at::ones({16})));
  EXPECT_TRUE(weight.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_EQ(store.values().numel(), 16 * 100 + 16);
}

TEST(ParameterStore, KnowsWhenAValueIsNotFinite) {
  ParameterStore store(at::kCPU);
  at::Tensor weight = store.add("weight", {4}, Start::constant(1));
  store.flatten();
  store.reset(1);
  EXPECT_TRUE(store.finite());
  store.values()[2] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(store.finite());
}

TEST(ResNet18, HasTheFeaturesOfPyTorchsModules) {
  const at::NoGradGuard no_grad;
  const auto net = models::make_classifier("resnet18", {64, 64, 3}, 2, at::kCPU);
  net->parameters.reset(1);
  const at::Tensor& values = net->parameters.values();
  values.copy_(at::arange(values.numel(), at::kDouble).remainder(9973).mul(.7).sin().mul(.3));
  const at::Tensor images = at::arange(2 * 3 * 64 * 64, at::kDouble)
                                .mul(.3)
                                .sin()
                                .to(at::kFloat)
                                .view({2, 3, 64, 64})
                                .contiguous(at::MemoryFormat::ChannelsLast);
  // From tests/oracle/resnet18.py.
  const at::Tensor expected = at::tensor({5.99471, .5484, 3.35773, 6.78579, 0., 9.65949,  //
                                          6.05694, .367887, 3.39133, 6.54423, 0., 9.71605},
                                         at::kFloat)
                                  .view({2, 6});
  for (const at::Tensor& features : {net->backbone->representation(images, models::Mode::kEval),
                                     net->backbone->frozen_representation()(images)}) {
    EXPECT_LT((features.slice(1, 0, 512, 100) - expected).abs().max().item<double>(), 1e-3);
  }
}

TEST(FoldPooling, GivesWeightsOfTheMapsForThoseOfTheirGrids) {
  for (std::int64_t side = 1; side < models::kPoolingGrid; ++side) {
    const at::Tensor weights = test::patternless({5, 7, 7}).to(at::kFloat);
    const at::Tensor maps = test::patternless({5, side, side}).cos();
    at::Tensor folded = at::zeros({5, side, side}, at::kFloat);
    models::fold_pooling(weights.const_data_ptr<float>(), 5, side,
                         folded.mutable_data_ptr<float>());
    const at::Tensor expected = (at::adaptive_avg_pool2d(maps, {7, 7}) * weights).sum({1, 2});
    EXPECT_LT(((folded * maps).sum({1, 2}) - expected).abs().max().item<double>(), 1e-5) << side;
  }
}

TEST(Vgg16, PoolsItsLastMapsToSevenBySeven) {
  for (const auto& [height, width] : {std::pair<std::int64_t, std::int64_t>{2, 3}, {1, 8}}) {
    ParameterStore store(at::kCPU);
    const models::Vgg16 net(store, {32 * height, 32 * width, 3});
    const at::Tensor maps = at::arange(2 * 512 * height * width, at::kFloat).sin();
    const at::Tensor pooled = net.classifier_input(maps.view({2, -1}));
    const at::Tensor expected =
        at::adaptive_avg_pool2d(maps.view({2, 512, height, width}), {7, 7}).flatten(1);
    ASSERT_EQ(pooled.sizes(), expected.sizes());
    EXPECT_LT((pooled - expected).abs().max().item<float>(), 1e-6);
  }
}

TEST(ModelRegistry, HasAResNet18OfThePublishedSize) {
  // torchvision's count of parameters for ImageNet's 1,000 classes.
  const auto net = models::make_classifier("resnet18", {64, 64, 3}, 1000, at::kCPU);
  EXPECT_EQ(net->parameters.values().numel(), 11'689'512);
}

TEST(ModelRegistry, MakesEveryNetworkWithoutMemoryForTheShapesOfItsWeights) {
  for (const std::string& name : models::model_names()) {
    const auto net = models::make_classifier(name, {64, 64, 3}, 2, at::kMeta);
    const auto real = models::make_classifier(name, {64, 64, 3}, 2, at::kCPU);
    EXPECT_EQ(net->parameters.values().numel(), real->parameters.values().numel()) << name;
  }
}

TEST(ModelRegistry, RefusesImagesTooSmallForTheNetwork) {
  EXPECT_NO_THROW(models::check_image_size("vgg16", 32, 32));
  EXPECT_THROW(models::check_image_size("vgg16", 32, 31), InputError);
  EXPECT_NO_THROW(models::check_image_size("resnet18", 33, 33));
  EXPECT_THROW(models::check_image_size("resnet18", 33, 32), InputError);
  EXPECT_NO_THROW(models::check_image_size("small", 8, 8));
}

}  // namespace
}  // namespace af::al

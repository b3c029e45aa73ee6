#include "al/weights/initial_weights.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "al/models/make_classifier.h"
#include "al/weights/weights_file.h"
#include "core/errors.h"
#include "tests/al/oracle.h"
#include "tests/support/refusal.h"

namespace af::al::weights {
namespace {

using models::Mode;
using testing::HasSubstr;

std::string golden(const std::string& name) {
  return std::string(AF_SOURCE_DIR "/tests/golden/weights/") + name;
}

/// As tests/oracle/weights.py has them.
at::Tensor two_images() {
  return at::arange(2 * 3 * 64 * 64, at::kDouble)
      .mul(.3)
      .sin()
      .to(at::kFloat)
      .view({2, 3, 64, 64})
      .contiguous(at::MemoryFormat::ChannelsLast);
}

struct GoldenCase {
  const char* model;
  const char* file;
  const char* expected;
};

class GivenWeights : public testing::TestWithParam<GoldenCase> {};
INSTANTIATE_TEST_SUITE_P(All, GivenWeights,
                         testing::Values(GoldenCase{"vgg16", "vgg16.pt", "vgg16"},
                                         GoldenCase{"vgg16", "vgg16_stream.pt", "vgg16_stream"},
                                         GoldenCase{"resnet18", "resnet18.pt", "resnet18"}),
                         [](const auto& one) { return std::string(one.param.expected); });

TEST_P(GivenWeights, MakeTheNetworkThatPyTorchHas) {
  const at::NoGradGuard no_grad;
  const auto [model, file, expected_name] = GetParam();
  const std::vector<double> logits_of_pytorch =
      test::row_major(test::oracle("weights.json")[expected_name]);
  const auto classes = static_cast<std::int64_t>(logits_of_pytorch.size()) / 2;
  const at::Tensor expected =
      at::softmax(at::tensor(logits_of_pytorch, at::kDouble).view({2, classes}), 1);
  const auto net = models::make_classifier(model, {64, 64, 3}, classes, at::kCPU);
  EXPECT_TRUE(start_from(*net, read_weights(golden(file)), file));
  net->parameters.reset(3);
  const at::Tensor images = two_images();
  const std::vector<at::Tensor> representations{net->backbone->representation(images, Mode::kEval),
                                                net->backbone->frozen_representation()(images)};
  const std::vector<models::TensorMap> tails{
      [&](const at::Tensor& x) { return net->backbone->features(x); },
      net->backbone->frozen_features()};
  for (const at::Tensor& representation : representations) {
    for (const models::TensorMap& tail : tails) {
      const at::Tensor logits = net->head->class_logits(net->head->hidden(tail(representation)));
      const at::Tensor probabilities = at::softmax(logits.to(at::kDouble), 1);
      EXPECT_LT((probabilities - expected).abs().max().item<double>(), 1e-5);
    }
  }
}

/// A small network's tensors as a file would have them, to be spoiled.
NamedTensors small_tensors(std::int64_t classes) {
  const auto net = models::make_classifier("small", {16, 16, 3}, classes, at::kCPU);
  NamedTensors tensors;
  for (const ParameterStore::Slot& slot : net->parameters.slots()) {
    tensors[slot.name] = at::full(slot.shape, .5);
  }
  return tensors;
}

std::string complaint(const NamedTensors& tensors) {
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kMeta);
  return test::refusal<InputError>([&] { return start_from(*net, tensors, "w.pt"); });
}

TEST(WeightsToStartFrom, AreTheSameForEverySeedAndIncludeBatchNormsState) {
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  net->parameters.reset(1);
  EXPECT_TRUE(start_from(*net, small_tensors(2), "w.pt"));
  for (const std::uint64_t seed : {1U, 2U}) {
    net->parameters.reset(seed);
    EXPECT_TRUE(at::equal(net->parameters.values(), at::full({38'226}, .5)));
  }
  // Batch norm in eval mode keeps 0 at 0 only if mean and shift agree: all .5 as given.
  const at::Tensor maps = at::zeros({1, 3, 16, 16});
  const at::NoGradGuard no_grad;
  const double first = net->backbone->representation(maps, Mode::kEval).max().item<double>();
  EXPECT_GT(first, 0);
}

TEST(WeightsToStartFrom, LeaveALastLayerForOtherClassesAsDrawn) {
  const auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  const auto drawn = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
  EXPECT_FALSE(start_from(*net, small_tensors(1000), "w.pt"));
  net->parameters.reset(5);
  drawn->parameters.reset(5);
  constexpr std::int64_t kLastLayer = 2 * 128 + 2;
  const auto last = [](const auto& one) {
    const at::Tensor& values = one->parameters.values();
    return values.narrow(0, values.numel() - kLastLayer, kLastLayer);
  };
  EXPECT_TRUE(at::equal(last(net), last(drawn)));
  EXPECT_EQ(net->parameters.values()[0].item<double>(), .5);
  NamedTensors headless = small_tensors(2);
  headless.erase("classifier.4.weight");
  headless.erase("classifier.4.bias");
  EXPECT_FALSE(start_from(*net, headless, "w.pt"));
}

TEST(WeightsToStartFrom, LeaveAnAdversaryAsDrawn) {
  const auto net =
      models::make_classifier("small", {16, 16, 3}, 2, at::kCPU, {.adversary_groups = 2});
  EXPECT_TRUE(start_from(*net, small_tensors(2), "w.pt"));
  net->parameters.reset(5);
  EXPECT_GT(net->parameters.values().narrow(0, 38'226, 1000).std().item<double>(), 0);
}

TEST(WeightsToStartFrom, AreRefusedByTheNameOfTheTensor) {
  EXPECT_EQ(complaint(small_tensors(2)), "not refused");
  NamedTensors tensors = small_tensors(2);
  tensors["features.0.norm.num_batches_tracked"] = at::ones({}, at::kLong);
  EXPECT_EQ(complaint(tensors), "not refused");

  tensors["module.features.1.conv.weight"] = tensors.extract("features.1.conv.weight").mapped();
  EXPECT_THAT(complaint(tensors), HasSubstr("w.pt has no tensor 'features.1.conv.weight', expected "
                                            "one of shape [32, 16, 3, 3]"));
  tensors = small_tensors(2);
  tensors["features.0.conv.weight"] = at::ones({16, 1, 5, 5});
  EXPECT_THAT(complaint(tensors), HasSubstr("'features.0.conv.weight' has shape [16, 1, 5, 5], "
                                            "expected [16, 3, 5, 5]"));
  tensors = small_tensors(2);
  tensors["features.0.norm.running_var"] = at::ones({16}, at::kLong);
  EXPECT_THAT(complaint(tensors), HasSubstr("'features.0.norm.running_var' holds whole numbers"));
  tensors = small_tensors(2);
  tensors["classifier.1.bias"][3] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(complaint(tensors),
              HasSubstr("'classifier.1.bias' holds values that are not finite"));
  tensors = small_tensors(2);
  tensors["features.5.conv.weight"] = at::ones({1});
  EXPECT_THAT(complaint(tensors), HasSubstr("'features.5.conv.weight' belongs to no layer"));
}

}  // namespace
}  // namespace af::al::weights

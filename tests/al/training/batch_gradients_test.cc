#include "al/training/batch_gradients.h"

#include <ATen/ATen.h>
#include <ATen/record_function.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "al/device/device.h"
#include "al/methods/adversarial.h"
#include "al/methods/group_balance.h"
#include "al/models/dropout_masks.h"
#include "al/models/make_classifier.h"
#include "core/random.h"

namespace af::al {
namespace {

constexpr std::int64_t kRows = 10;
const std::vector<std::int64_t> kOrder{3, 1, 4, 0, 5, 9, 2, 6, 8, 7};
const std::vector<std::int64_t> kBegins{0, 4, 8, 10};
const TrainingAddress kAddress{.seed = 1, .step = 2};

ImageTable random_table() {
  ImageTable table{.rows = kRows, .height = 32, .width = 32, .channels = 3};
  table.pixels.resize(static_cast<std::size_t>(kRows * table.image_bytes()));
  Stream stream(1, Purpose::kTest, 0);
  for (std::uint8_t& value : table.pixels) value = static_cast<std::uint8_t>(stream.bits());
  return table;
}

LabelledRows some_labels() {
  LabelledRows labelled;
  for (std::int64_t i = 0; i < kRows; ++i) {
    labelled.rows.push_back(kRows - 1 - i);
    labelled.labels.push_back(i % 2);
    labelled.groups.push_back(i % 3 == 0 ? 1 : 0);
  }
  return labelled;
}

/// A network on a device and what it is trained on.
struct Training {
  explicit Training(at::Device device, const std::string& model = "small")
      : images(random_table(), channel_statistics(random_table()), device),
        net(models::make_classifier(model, {32, 32, 3}, 2, device, {.adversary_groups = 2})) {
    prepare_thread(1);
    net->parameters.reset(1);
  }
  std::unique_ptr<methods::Objective> objective(const std::string& name) const {
    const at::Device device = images.device();
    if (name == "weighted") {
      return std::make_unique<methods::WeightedLoss>(std::vector<double>(kRows, .5), device);
    }
    if (name == "group-dro") {
      return std::make_unique<methods::GroupDro>(labelled.groups, .1, device);
    }
    if (name == "grad") {
      return std::make_unique<methods::Adversarial>(*net->adversary, labelled.groups, 1., device);
    }
    return std::make_unique<methods::MeanLoss>();
  }
  /// After each batch of the epochs.
  std::vector<at::Tensor> gradients(const std::string& name, std::int64_t epochs = 1) {
    const auto loss = objective(name);
    BatchGradients batches(*loss, *net, images, labelled, plan, kAddress);
    std::vector<at::Tensor> found;
    for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
      batches.begin_epoch(epoch, kOrder, kBegins);
      for (std::size_t b = 0; b + 1 < kBegins.size(); ++b) {
        batches.next();
        found.push_back(net->parameters.gradients().clone());
      }
    }
    return found;
  }

  ResidentImages images;
  std::unique_ptr<models::Classifier> net;
  LabelledRows labelled = some_labels();
  TrainingPlan plan;
};

/// What operators the calling thread handed to LibTorch.
struct Operators {
  std::vector<std::string> names;
  std::vector<const void*> gathered_from;  ///< What each index_select read.
};
thread_local Operators* observed = nullptr;

std::unique_ptr<at::ObserverContext> observe(const at::RecordFunction& function) {
  const std::string name = function.name();
  observed->names.push_back(name);
  if (name == "aten::index_select") {
    observed->gathered_from.push_back(function.inputs()[0].toTensor().const_data_ptr());
  }
  return nullptr;
}

template <class Work>
Operators operators_of(Work work) {
  Operators operators;
  observed = &operators;
  const at::CallbackHandle handle = at::addThreadLocalCallback(
      at::RecordFunctionCallback(observe).needsInputs(true).scopes({at::RecordScope::FUNCTION}));
  work();
  at::removeCallback(handle);
  observed = nullptr;
  return operators;
}

/// What a device has to find in a batch to record and replay it (device/repeated_work.h).
class RecordableBatch : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(All, RecordableBatch,
                         testing::Values("mean", "weighted", "group-dro", "grad"),
                         [](const testing::TestParamInfo<std::string>& one) {
                           std::string name = one.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(RecordableBatch, ReadsNothingOnTheHostAndFindsAllWhereItWas) {
  const std::set<std::string> waiting{
      "aten::item",     "aten::_local_scalar_dense", "aten::nonzero", "aten::masked_select",
      "aten::one_hot",  "aten::is_nonzero",          "aten::equal",   "aten::_unique2",
      "aten::bincount", "aten::repeat_interleave"};
  std::vector<std::string> models{"small"};
  if (GetParam() == "mean") models.push_back("resnet18");
  for (const std::string& model : models) {
    Training training(at::kCPU, model);
    training.plan.augmentation = {.flip = true, .shift = 2};
    const auto loss = training.objective(GetParam());
    BatchGradients batches(*loss, *training.net, training.images, training.labelled, training.plan,
                           kAddress);
    std::vector<Operators> seen;
    for (std::int64_t epoch = 0; epoch < 2; ++epoch) {
      batches.begin_epoch(epoch, kOrder, kBegins);
      for (std::size_t b = 0; b + 1 < kBegins.size(); ++b) {
        seen.push_back(operators_of([&] { batches.next(); }));
      }
    }
    ASSERT_GT(seen.front().gathered_from.size(), 5U);
    for (const std::string& name : seen.front().names) EXPECT_FALSE(waiting.contains(name)) << name;
    // Batches 0, 1, 3 and 4 have four rows.
    for (const std::size_t other : {1U, 3U, 4U}) {
      EXPECT_EQ(seen[other].names, seen.front().names) << model << ", batch " << other;
      EXPECT_EQ(seen[other].gathered_from, seen.front().gathered_from) << model;
    }
  }
}

TEST(BatchGradients, AreThoseOfTheLossOfTheRowsThatTheOrderNames) {
  Training training(at::kCPU);
  const std::vector<at::Tensor> found = training.gradients("mean");
  const auto expected = [&](std::int64_t batch) {
    training.net->parameters.reset(1);  // Batch norm's state too, as far as it matters here.
    const std::int64_t first = kBegins[static_cast<std::size_t>(batch)];
    const std::int64_t size = kBegins[static_cast<std::size_t>(batch) + 1] - first;
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> labels;
    for (std::int64_t i = first; i < first + size; ++i) {
      const auto position = static_cast<std::size_t>(kOrder[static_cast<std::size_t>(i)]);
      rows.push_back(training.labelled.rows[position]);
      labels.push_back(training.labelled.labels[position]);
    }
    const auto mask = [&](std::int64_t layer, std::int64_t width) {
      return mask_factors(training_mask_bits({1, 2, 0, batch}, layer, size, width), width,
                          at::kCPU);
    };
    const models::Classifier& net = *training.net;
    const at::Tensor features =
        net.backbone->features(net.backbone->representation(training.images.batch(at::tensor(rows)),
                                                            models::Mode::kTrain)) *
        mask(0, net.head->feature_count());
    at::cross_entropy_loss(net.head->logits(features, mask(1, net.head->hidden_count())),
                           at::tensor(labels))
        .backward();
    return net.parameters.gradients().clone();
  };
  for (std::int64_t batch = 0; batch < 3; ++batch) {
    EXPECT_TRUE(at::equal(found[static_cast<std::size_t>(batch)], expected(batch))) << batch;
  }
}

TEST(BatchGradients, TakeEachEpochsOwnMasks) {
  Training training(at::kCPU);
  const std::vector<at::Tensor> found = training.gradients("mean", 2);
  EXPECT_FALSE(at::equal(found[0], found[3]));
}

TEST(BatchGradients, InBfloat16AreNearlyThoseInFloat32) {
  Training training(at::kCPU);
  const at::Tensor exact = training.gradients("mean").front();
  training.net->parameters.reset(1);
  training.plan.precision = Precision::kBfloat16;
  const at::Tensor rounded = training.gradients("mean").front();
  EXPECT_FALSE(at::equal(rounded, exact));
  EXPECT_EQ(rounded.scalar_type(), at::kFloat);
  EXPECT_LT((rounded - exact).norm().item<double>(), .25 * exact.norm().item<double>());
}

}  // namespace
}  // namespace af::al

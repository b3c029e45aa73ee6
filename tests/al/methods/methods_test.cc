#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "al/device/device.h"
#include "al/methods/adversarial.h"
#include "al/methods/group_balance.h"
#include "al/methods/just_train_twice.h"
#include "al/methods/objective.h"
#include "al/methods/registry.h"
#include "al/models/dropout_masks.h"
#include "al/models/make_classifier.h"
#include "al/training/training.h"
#include "tests/al/devices.h"
#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"

namespace af::al {
namespace {

using methods::GroupDro;
using testing::ElementsAre;

const std::vector<std::int64_t> kCells{5, 5, 5, 5, 5, 5, 2, 2, 9};

TEST(GroupBalance, WeighsGroupsAlikeWithAMeanOfOne) {
  const std::vector<double> weights = methods::balanced_weights(kCells);
  EXPECT_THAT(weights, ElementsAre(.5, .5, .5, .5, .5, .5, 1.5, 1.5, 3));
}

TEST(GroupBalance, DrawsGroupsAndTheirRowsUniformly) {
  std::map<std::int64_t, double> rows;
  constexpr int kRounds = 2000;
  for (std::uint64_t i = 0; i < kRounds; ++i) {
    const auto drawn = methods::balanced_draws(kCells, Stream(1, Purpose::kTest, i));
    ASSERT_EQ(drawn.size(), kCells.size());
    for (const std::int64_t position : drawn) ++rows[position];
  }
  const std::vector<double> weights = methods::balanced_weights(kCells);
  double chi_square = 0;
  for (std::size_t i = 0; i < kCells.size(); ++i) {
    const double expected = kRounds * weights[i];
    const double excess = rows[static_cast<std::int64_t>(i)] - expected;
    chi_square += excess * excess / expected;
  }
  EXPECT_LT(chi_square, 26.12);  // 1e-3 with 8 degrees of freedom.
}

TEST(JustTrainTwice, TakesWrongRowsAgain) {
  const std::vector<std::int64_t> labels{0, 1, 0, 1};
  const std::vector<std::int64_t> predicted{0, 0, 1, 1};
  EXPECT_THAT(methods::upsampled_positions(labels, predicted, 3),
              ElementsAre(0, 1, 2, 3, 1, 2, 1, 2));
  EXPECT_THAT(methods::upsampled_positions(labels, predicted, 1), ElementsAre(0, 1, 2, 3));
}

/// A batch of six rows of two groups, in float64.
struct Batch : methods::TrainingBatch {
  Batch() {
    logits = at::tensor({.3, -.2, 1.1, .4, -.7, .6, .2, .9, -1.3, .1, .5, .5}, at::kDouble)
                 .view({6, 2})
                 .set_requires_grad(true);
    labels = at::tensor({0, 1, 1, 0, 1, 0}, at::kLong);
    positions = at::tensor({0, 3, 6, 1, 7, 2}, at::kLong);
  }

  /// Cross-entropy of each row, from its definition.
  [[nodiscard]] std::vector<double> row_losses() const {
    std::vector<double> losses;
    for (std::int64_t i = 0; i < 6; ++i) {
      const double own = logits[i][labels[i].item<std::int64_t>()].item<double>();
      const double other = logits[i][1 - labels[i].item<std::int64_t>()].item<double>();
      losses.push_back(std::log1p(std::exp(other - own)));
    }
    return losses;
  }
};

TEST(GroupDro, MovesTheWeightsOfTheGroupsByTheExponentialOfTheirLosses) {
  const Batch batch;
  GroupDro robust(kCells, .3, at::kCPU);
  const double loss = robust.loss(batch).item<double>();
  // Groups 2, 5 and 9 in this order; rows 6 and 7 are of group 2, none is of group 9.
  const std::vector<double> rows = batch.row_losses();
  const std::vector<double> losses{(rows[2] + rows[4]) / 2,
                                   (rows[0] + rows[1] + rows[3] + rows[5]) / 4, 0};
  double sum = 0;
  for (const double one : losses) sum += std::exp(.3 * one) / 3;
  double expected = 0;
  for (std::size_t g = 0; g < 3; ++g) {
    const double q = std::exp(.3 * losses[g]) / 3 / sum;
    EXPECT_NEAR(robust.weights()[static_cast<std::int64_t>(g)].item<double>(), q, 1e-6);
    expected += q * losses[g];
  }
  EXPECT_NEAR(loss, expected, 1e-6);
}

/// Derivatives of an objective by the logits, with its state after the batch held still.
template <class Loss>
void expect_gradient(Batch& batch, const at::Tensor& loss, Loss loss_of_rows) {
  loss.backward();
  constexpr double kStep = 1e-6;
  for (std::int64_t i = 0; i < 12; ++i) {
    const at::Tensor flat = batch.logits.detach().view({12});
    const double at = flat[i].item<double>();
    flat[i].fill_(at + kStep);
    const double up = loss_of_rows(batch.row_losses());
    flat[i].fill_(at - kStep);
    const double down = loss_of_rows(batch.row_losses());
    flat[i].fill_(at);
    EXPECT_NEAR(batch.logits.grad().view({12})[i].item<double>(), (up - down) / (2 * kStep), 1e-6);
  }
}

TEST(GroupDro, HasTheGradientOfTheLossesUnderTheNewWeights) {
  Batch batch;
  GroupDro robust(kCells, .3, at::kCPU);
  const at::Tensor loss = robust.loss(batch);
  const double small = robust.weights()[0].item<double>();
  const double large = robust.weights()[1].item<double>();
  expect_gradient(batch, loss, [&](const std::vector<double>& rows) {
    return small * (rows[2] + rows[4]) / 2 + large * (rows[0] + rows[1] + rows[3] + rows[5]) / 4;
  });
}

TEST(WeightedLoss, HasTheGradientOfTheWeightedMean) {
  Batch batch;
  methods::WeightedLoss weighted(methods::balanced_weights(kCells), at::kCPU);
  const at::Tensor loss = weighted.loss(batch);
  expect_gradient(batch, loss, [&](const std::vector<double>& rows) {
    return (.5 * (rows[0] + rows[1] + rows[3] + rows[5]) + 1.5 * (rows[2] + rows[4])) / 6;
  });
}

TEST(GradientReversal, KeepsTheValueAndTurnsTheGradient) {
  at::Tensor x = at::tensor({.1, -3e10, 7e-12}, at::kDouble).set_requires_grad(true);
  const at::Tensor same = methods::reversed_gradient(x);
  EXPECT_TRUE(at::equal(same, x));
  (same * at::tensor({1., 2., 3.}, at::kDouble)).sum().backward();
  EXPECT_TRUE(at::equal(x.grad(), at::tensor({-1., -2., -3.}, at::kDouble)));
}

/// Six rows that an adversary of five units in float64 looks at.
class Grad : public testing::Test {
 protected:
  static constexpr double kLambda = .7;

  Grad() {
    batch_.classifier_input = values({6, 4}, 1).set_requires_grad(true);
    const TrainingMaskAddress address{.seed = 3, .step = 1, .epoch = 2, .batch = 4};
    for (std::int64_t layer = 2; layer < 4; ++layer) {
      batch_.masks.push_back(mask_factors(training_mask_bits(address, layer, 6, 5), 5, at::kCPU));
    }
  }
  static at::Tensor values(at::IntArrayRef shape, double phase) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) count *= size;
    return at::arange(count, at::kDouble).mul(2.3).add(phase).sin().view(shape);
  }
  /// Mean cross-entropy of the adversary, nothing reversed.
  double adversary_loss() const {
    const at::Tensor logits =
        head_.logits(batch_.classifier_input, batch_.masks[0], batch_.masks[1]);
    const at::Tensor groups = at::tensor({0, 1, 1, 1, 0, 0}, at::kLong);  // Of kGroups.
    return at::cross_entropy_loss(logits, groups).item<double>();
  }
  /// Difference quotient of the adversary's loss by the i-th element.
  double slope(const at::Tensor& tensor, std::int64_t i) const {
    constexpr double kStep = 1e-6;
    const at::Tensor one = tensor.detach().view({-1})[i];
    const double value = one.item<double>();
    one.fill_(value + kStep);
    const double up = adversary_loss();
    one.fill_(value - kStep);
    const double down = adversary_loss();
    one.fill_(value);
    return (up - down) / (2 * kStep);
  }
  void backward() {
    const std::vector<std::int64_t> groups{0, 1, 0, 1, 0, 0, 1, 0, 1};  // Rows 0, 3, 6, 1, 7, 2.
    methods::Adversarial(head_, groups, kLambda, at::kCPU).loss(batch_).backward();
  }

  Batch batch_;
  at::Tensor weight_ = values({5, 4}, 2).set_requires_grad(true);
  models::AdversaryHead head_{{weight_, values({5}, 3)},
                              {values({5, 5}, 4), values({5}, 5)},
                              {values({2, 5}, 6), values({2}, 7)}};
};

TEST_F(Grad, AscendsTheAdversarysLossBeforeItAndDescendsItInside) {
  backward();
  double largest = 0;
  for (std::int64_t i = 0; i < 24; ++i) {
    const double expected = -kLambda * slope(batch_.classifier_input, i);
    EXPECT_NEAR(batch_.classifier_input.grad().view({-1})[i].item<double>(), expected, 1e-8);
    largest = std::max(largest, std::abs(expected));
  }
  EXPECT_GT(largest, .01);  // The masks let something through.
  for (std::int64_t i = 0; i < 20; ++i) {
    EXPECT_NEAR(weight_.grad().view({-1})[i].item<double>(), kLambda * slope(weight_, i), 1e-8);
  }
}

TEST_F(Grad, LeavesTheGradientOfTheClassesAsItIs) {
  expect_gradient(
      batch_,
      methods::Adversarial(head_, std::vector<std::int64_t>(9), kLambda, at::kCPU).loss(batch_),
      [](const std::vector<double>& rows) {
        return std::accumulate(rows.begin(), rows.end(), 0.0) / 6;
      });
}

TEST(MethodRegistry, SaysWhichMethodsReadTheAttribute) {
  std::vector<std::string> needing;
  for (const std::string& name : methods::method_names()) {
    if (methods::needs_attribute(name)) needing.push_back(name);
  }
  EXPECT_THAT(needing, ElementsAre("grad", "group-dro", "repair", "resampling", "reweighting"));
}

class MethodsOnEachDevice : public test::OnEachDevice {
 protected:
  MethodsOnEachDevice() {
    prepare_thread(1);
    const test::TempDir folder;
    test::write_synthetic(folder / "data.h5", {.rows = 160, .p = .9});
    table_ = read_image_table(folder / "data.h5", {"x", "char", "color", {}});
    for (std::int64_t row = 0; row < table_.rows; ++row) {
      const auto i = static_cast<std::size_t>(row);
      labelled_.rows.push_back(row);
      labelled_.labels.push_back(table_.target.codes[i]);
      labelled_.groups.push_back(table_.group.codes[i]);
    }
  }
  at::Tensor trained(const std::string& method, const TrainingAddress& address) {
    const at::Device device(GetParam());
    const ResidentImages images(table_, channel_statistics(table_), device);
    const auto net =
        models::make_classifier("small", {16, 16, 3}, 2, device,
                                {.adversary_groups = methods::needs_adversary(method) ? 2 : 0});
    train(*net, images, labelled_, {.epochs = 2, .method = method}, address);
    // The network's own; an adversary's lie behind them.
    return net->parameters.values().narrow(0, 0, own_parameters_).clone();
  }

  ImageTable table_;
  LabelledRows labelled_;
  std::int64_t own_parameters_ =
      models::make_classifier("small", {16, 16, 3}, 2, at::kCPU)->parameters.values().numel();
};
INSTANTIATE_TEST_SUITE_P(All, MethodsOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(MethodsOnEachDevice, TrainEachInItsOwnWayAndTheSameWayAgain) {
  std::vector<at::Tensor> seen;
  for (const std::string& method : methods::method_names()) {
    const at::Tensor values = trained(method, {1, 0});
    EXPECT_TRUE(at::isfinite(values).all().item<bool>()) << method;
    EXPECT_TRUE(at::equal(values, trained(method, {1, 0}))) << method;
    EXPECT_FALSE(at::equal(values, trained(method, {2, 0}))) << method;
    for (const at::Tensor& other : seen) EXPECT_FALSE(at::equal(values, other)) << method;
    seen.push_back(values);
  }
}

TEST_P(MethodsOnEachDevice, CutGradsGradientsToANormOfFive) {
  const at::Device device(GetParam());
  const ResidentImages images(table_, channel_statistics(table_), device);
  const auto net =
      models::make_classifier("small", {16, 16, 3}, 2, device, {.adversary_groups = 2});
  net->parameters.reset(1);
  const at::Tensor before = net->parameters.values().clone();
  const auto moved_by = [&](double lambda) {
    // One batch of plain gradient descent with a rate of 1 moves by the gradient.
    train(*net, images, labelled_,
          {.optimizer = OptimizerKind::kSgd,
           .schedule = ScheduleKind::kConstant,
           .learning_rate = 1,
           .weight_decay = 0,
           .epochs = 1,
           .batch_size = 160,
           .method = "grad",
           .options = {.adversary_weight = lambda}},
          {1, 0});
    return (net->parameters.values() - before).norm().item<double>();
  };
  EXPECT_NEAR(moved_by(1e4), 5, 1e-3);
  EXPECT_LT(moved_by(.1), 4.9);
}

TEST_P(MethodsOnEachDevice, ReadNoAttributeUnlessTheyNeedIt) {
  const LabelledRows honest = labelled_;
  for (const std::string& method : methods::method_names()) {
    labelled_ = honest;
    const at::Tensor values = trained(method, {1, 0});
    for (std::size_t i = 0; i < labelled_.groups.size(); i += 3) {
      labelled_.groups[i] = 1 - labelled_.groups[i];
    }
    EXPECT_EQ(at::equal(values, trained(method, {1, 0})), !methods::needs_attribute(method))
        << method;
  }
}

}  // namespace
}  // namespace af::al

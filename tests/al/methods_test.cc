#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "al/device.h"
#include "al/methods/group_balance.h"
#include "al/methods/just_train_twice.h"
#include "al/methods/objective.h"
#include "al/methods/registry.h"
#include "al/models/make_classifier.h"
#include "al/training.h"
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
struct Batch {
  at::Tensor logits = at::tensor({.3, -.2, 1.1, .4, -.7, .6, .2, .9, -1.3, .1, .5, .5}, at::kDouble)
                          .view({6, 2})
                          .set_requires_grad(true);
  at::Tensor labels = at::tensor({0, 1, 1, 0, 1, 0}, at::kLong);
  at::Tensor positions = at::tensor({0, 3, 6, 1, 7, 2}, at::kLong);

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
  const double loss = robust.loss(batch.logits, batch.labels, batch.positions).item<double>();
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
  const at::Tensor loss = robust.loss(batch.logits, batch.labels, batch.positions);
  const double small = robust.weights()[0].item<double>();
  const double large = robust.weights()[1].item<double>();
  expect_gradient(batch, loss, [&](const std::vector<double>& rows) {
    return small * (rows[2] + rows[4]) / 2 + large * (rows[0] + rows[1] + rows[3] + rows[5]) / 4;
  });
}

TEST(WeightedLoss, HasTheGradientOfTheWeightedMean) {
  Batch batch;
  methods::WeightedLoss weighted(methods::balanced_weights(kCells), at::kCPU);
  const at::Tensor loss = weighted.loss(batch.logits, batch.labels, batch.positions);
  expect_gradient(batch, loss, [&](const std::vector<double>& rows) {
    return (.5 * (rows[0] + rows[1] + rows[3] + rows[5]) + 1.5 * (rows[2] + rows[4])) / 6;
  });
}

TEST(MethodRegistry, SaysWhichMethodsReadTheAttribute) {
  std::vector<std::string> needing;
  for (const std::string& name : methods::method_names()) {
    if (methods::needs_attribute(name)) needing.push_back(name);
  }
  EXPECT_THAT(needing, ElementsAre("group-dro", "resampling", "reweighting"));
}

class MethodsOnEachDevice : public test::OnEachDevice {
 protected:
  MethodsOnEachDevice() {
    prepare_thread(1);
    const test::TempDir folder;
    test::write_synthetic(folder / "data.h5", {.rows = 160, .p = .9});
    table_ = read_image_table(folder / "data.h5", {"x", "char", "color", 1});
    for (std::int64_t row = 0; row < table_.rows; ++row) {
      const auto i = static_cast<std::size_t>(row);
      labelled_.rows.push_back(row);
      labelled_.labels.push_back(table_.target.codes[i]);
      labelled_.cells.push_back(table_.target.codes[i] * 2 + table_.group.codes[i]);
    }
  }
  at::Tensor trained(const std::string& method, const TrainingAddress& address) {
    const at::Device device(GetParam());
    const ResidentImages images(table_, channel_statistics(table_), device);
    const auto net = models::make_classifier("small", {16, 16, 3}, 2, device);
    train(*net, images, labelled_, {.epochs = 2, .method = method}, address);
    return net->parameters.values().clone();
  }

  ImageTable table_;
  LabelledRows labelled_;
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

TEST_P(MethodsOnEachDevice, ReadNoAttributeUnlessTheyNeedIt) {
  const LabelledRows honest = labelled_;
  for (const std::string& method : methods::method_names()) {
    labelled_ = honest;
    const at::Tensor values = trained(method, {1, 0});
    for (std::int64_t& cell : labelled_.cells) cell = cell / 2 * 2 + (cell + 1) % 2;
    labelled_.cells.front() = 7;
    EXPECT_EQ(at::equal(values, trained(method, {1, 0})), !methods::needs_attribute(method))
        << method;
  }
}

}  // namespace
}  // namespace af::al

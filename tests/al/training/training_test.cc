#include "al/training/training.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "al/inference/prediction.h"
#include "al/models/make_classifier.h"
#include "al/training/optimizer.h"
#include "core/errors.h"
#include "tests/al/devices.h"
#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"

namespace af::al {
namespace {

ImageTable synthetic_table() {
  const test::TempDir folder;
  const std::string path = folder / "data.h5";
  test::write_synthetic(path, {.rows = 160, .p = .5});
  return read_image_table(path, {"x", "char", "color", {}});
}

LabelledRows all_rows(const ImageTable& table) {
  LabelledRows labelled;
  for (std::int64_t row = 0; row < table.rows; ++row) {
    labelled.rows.push_back(row);
    labelled.labels.push_back(table.target.codes[static_cast<std::size_t>(row)]);
  }
  return labelled;
}

class TrainingOnEachDevice : public test::OnEachDevice {
 protected:
  TrainingOnEachDevice()
      : table_(synthetic_table()),
        images_(table_, channel_statistics(table_), at::Device(GetParam())),
        net_(models::make_classifier("small", {16, 16, 3}, 2, at::Device(GetParam()))) {
    prepare_thread(1);
  }
  at::Tensor trained(const TrainingPlan& plan, const TrainingAddress& address) {
    train(*net_, images_, all_rows(table_), plan, address);
    return net_->parameters.values().clone();
  }

  ImageTable table_;
  ResidentImages images_;
  std::unique_ptr<models::Classifier> net_;
};
INSTANTIATE_TEST_SUITE_P(All, TrainingOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(TrainingOnEachDevice, LearnsBarsFromCrosses) {
  static_cast<void>(trained({.epochs = 12}, {1, 0}));
  const std::vector<std::int64_t> rows = all_rows(table_).rows;
  const at::Tensor log_p = log_mean_probabilities(mc_log_probabilities(
      *net_, features_of(*net_, images_, rows), rows, {1, 0, RowSource::kTest}, 10));
  const at::Tensor labels = at::tensor(all_rows(table_).labels, at::kLong).to(log_p.device());
  const double accuracy = (log_p.argmax(1) == labels).to(at::kDouble).mean().item<double>();
  EXPECT_GT(accuracy, .95);
}

TEST_P(TrainingOnEachDevice, StartsAnewWhateverWasTrainedBefore) {
  const TrainingPlan plan{.epochs = 2};
  const at::Tensor fresh = trained(plan, {1, 0});
  EXPECT_FALSE(at::equal(fresh, trained(plan, {1, 1})));
  EXPECT_TRUE(at::equal(fresh, trained(plan, {1, 0})));
}

TEST_P(TrainingOnEachDevice, DependsOnTheSeed) {
  const TrainingPlan plan{.epochs = 1};
  EXPECT_FALSE(at::equal(trained(plan, {1, 0}), trained(plan, {2, 0})));
}

TEST_P(TrainingOnEachDevice, LearnsWithSgdAndAConstantRateToo) {
  const TrainingPlan plan{.optimizer = OptimizerKind::kSgd,
                          .schedule = ScheduleKind::kConstant,
                          .learning_rate = .01,
                          .epochs = 2};
  EXPECT_TRUE(at::isfinite(trained(plan, {1, 0})).all().item<bool>());
}

TEST_P(TrainingOnEachDevice, SaysStepAndLearningRateWhenItDiverges) {
  try {
    static_cast<void>(trained({.learning_rate = 1e30, .epochs = 2}, {1, 3}));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInput);
    EXPECT_NE(std::string(error.what()).find("step 3"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("1e+30"), std::string::npos) << error.what();
  }
}

/// A store of one parameter with value 2 whose gradient is set by hand.
struct OneParameter {
  OneParameter() : store(at::kCPU), tensor(store.add("weight", {1}, Start::constant(2))) {
    store.flatten();
    store.reset(0);
  }
  void give_gradient(double value) { store.gradients().fill_(value); }
  double value() const { return store.values().item<double>(); }

  ParameterStore store;
  at::Tensor tensor;
};

TEST(AdamWOptimizer, FollowsItsDefinition) {
  OneParameter one;
  const auto optimizer = make_optimizer(OptimizerKind::kAdamW, one.store, .1);
  double value = 2;
  double mean = 0;
  double square = 0;
  for (int t = 1; t <= 4; ++t) {
    const double gradient = .5 * t;
    const LearningPoint point{.learning_rate = .01 * t, .momentum = .95 - .02 * t};
    one.give_gradient(gradient);
    optimizer->step(point);
    value *= 1 - point.learning_rate * .1;
    mean = point.momentum * mean + (1 - point.momentum) * gradient;
    square = .999 * square + .001 * gradient * gradient;
    const double corrected = std::sqrt(square / (1 - std::pow(.999, t))) + 1e-8;
    value -= point.learning_rate * mean / (1 - std::pow(point.momentum, t)) / corrected;
    EXPECT_NEAR(one.value(), value, 1e-6) << "batch " << t;
  }
}

TEST(SgdOptimizer, FollowsItsDefinition) {
  OneParameter one;
  const auto optimizer = make_optimizer(OptimizerKind::kSgd, one.store, .1);
  double value = 2;
  double velocity = 0;
  for (int t = 1; t <= 4; ++t) {
    one.give_gradient(.5 * t);
    optimizer->step({.learning_rate = .01, .momentum = .9});
    const double gradient = .5 * t + .1 * value;
    velocity = t == 1 ? gradient : .9 * velocity + gradient;
    value -= .01 * velocity;
    EXPECT_NEAR(one.value(), value, 1e-6) << "batch " << t;
  }
}

TEST(ParameterStore, ReceivesGradientsInItsFlatBuffer) {
  OneParameter one;
  (one.tensor * 3).sum().backward();
  EXPECT_NEAR(one.store.gradients().item<double>(), 3, 1e-7);
}

}  // namespace
}  // namespace af::al

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "al/inference/prediction.h"
#include "al/models/make_classifier.h"
#include "al/training/training.h"
#include "tests/al/devices.h"
#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"

namespace af::al {
namespace {

ImageTable synthetic_table() {
  const test::TempDir folder;
  const std::string path = folder / "data.h5";
  test::write_synthetic(path, {.rows = 96, .side = 40, .p = .5});
  return read_image_table(path, {"x", "char", "color", {}});
}

class FrozenFeatures : public testing::TestWithParam<const char*> {
 protected:
  FrozenFeatures()
      : table_(synthetic_table()),
        images_(table_, channel_statistics(table_), at::kCPU),
        net_(models::make_classifier(GetParam(), {40, 40, 3}, 2, at::kCPU,
                                     {.frozen_features = true})) {
    prepare_thread(1);
    for (std::int64_t row = 0; row < 50; ++row) {
      labelled_.rows.push_back(row);
      labelled_.labels.push_back(table_.target.codes[static_cast<std::size_t>(row)]);
    }
  }
  /// Probabilities of all images after training with so much weight decay that what it reaches
  /// changes.
  at::Tensor trained_predictions(const Augmentation& augmentation = {}) {
    train(*net_, images_, labelled_,
          {.optimizer = OptimizerKind::kSgd,
           .schedule = ScheduleKind::kConstant,
           .learning_rate = .01,
           .weight_decay = .1,
           .epochs = 2,
           .augmentation = augmentation},
          {1, 0});
    std::vector<std::int64_t> rows(96);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int64_t>(i);
    return point_log_probabilities(*net_->head, features_of(*net_, images_, rows)).exp();
  }
  /// Of a network of the seed that nothing has trained.
  at::Tensor untrained_representations() const {
    const auto fresh = models::make_classifier(GetParam(), {40, 40, 3}, 2, at::kCPU);
    fresh->parameters.reset(1);
    return representations_of(*fresh, images_);
  }

  ImageTable table_;
  ResidentImages images_;
  std::unique_ptr<models::Classifier> net_;
  LabelledRows labelled_;
};
INSTANTIATE_TEST_SUITE_P(All, FrozenFeatures, testing::Values("small", "resnet18"),
                         [](const auto& one) { return std::string(one.param); });

TEST_P(FrozenFeatures, StayAsTheyWereWhileTheClassifierLearns) {
  net_->parameters.reset(1);
  const at::Tensor before = net_->parameters.values().clone();
  static_cast<void>(trained_predictions());
  EXPECT_TRUE(at::equal(representations_of(*net_, images_), untrained_representations()));
  EXPECT_FALSE(at::equal(net_->parameters.values(), before));
  // Of the classifier's alone: dropout, linear (and for small a hidden layer of 128 before it).
  EXPECT_EQ(before.numel(), std::string(GetParam()) == "small" ? 33 * 128 + 129 * 2 : 513 * 2);
}

TEST_P(FrozenFeatures, GiveTheSameResultsWhetherKeptOrNot) {
  const at::Tensor anew = trained_predictions();
  images_.keep(representations_of(*net_, images_));
  EXPECT_LT((trained_predictions() - anew).abs().max().item<double>(), 1e-6);
}

TEST_P(FrozenFeatures, AreThoseOfMovedImagesInTraining) {
  const at::Tensor still = trained_predictions();
  const at::Tensor moved = trained_predictions({.flip = true, .shift = 4});
  // Drawn features of the small network hardly tell images apart.
  EXPECT_GT((moved - still).abs().max().item<double>(), 5e-6);
  images_.keep(representations_of(*net_, images_));
  EXPECT_LT((trained_predictions({.flip = true, .shift = 4}) - moved).abs().max().item<double>(),
            1e-6);
}

}  // namespace
}  // namespace af::al

#include "al/inference/fitting_batches.h"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "al/inference/prediction.h"
#include "al/models/make_classifier.h"
#include "al/training/training.h"
#include "core/errors.h"

namespace af::al {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Slice = std::pair<std::int64_t, std::int64_t>;

[[noreturn]] void run_out() {
  TORCH_CHECK_WITH(OutOfMemoryError, false, "CUDA out of memory");
  throw std::logic_error("unreachable");
}

/// What was done of `count` rows by a device that holds `room` of them.
std::vector<Slice> slices(std::int64_t count, std::int64_t batch, std::int64_t room) {
  std::vector<Slice> done;
  in_fitting_batches(count, batch, "test rows", [&](std::int64_t first, std::int64_t size) {
    if (size > room) run_out();
    done.emplace_back(first, size);
  });
  return done;
}

TEST(FittingBatches, AreAsLargeAsAskedWhereThereIsRoom) {
  EXPECT_THAT(slices(10, 4, 100), ElementsAre(Slice{0, 4}, Slice{4, 4}, Slice{8, 2}));
}

TEST(FittingBatches, AreHalvedUntilTheyFitAndStaySo) {
  testing::internal::CaptureStderr();
  EXPECT_THAT(slices(10, 8, 3),
              ElementsAre(Slice{0, 2}, Slice{2, 2}, Slice{4, 2}, Slice{6, 2}, Slice{8, 2}));
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("test rows in batches of 8; going on in batches of 4\n"));
  EXPECT_THAT(said, HasSubstr("in batches of 4; going on in batches of 2\n"));
}

TEST(FittingBatches, EndWithASentenceWhereOneRowDoesNotFit) {
  testing::internal::CaptureStderr();
  try {
    static_cast<void>(slices(10, 2, 0));
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("not enough memory on the device for test rows"));
  }
  static_cast<void>(testing::internal::GetCapturedStderr());
}

/// A network on a device that holds `room` images.
class CrampedBackbone final : public models::Backbone {
 public:
  CrampedBackbone(std::unique_ptr<models::Backbone> inside, std::int64_t room)
      : inside_(std::move(inside)), room_(room) {}

  at::Tensor representation(const at::Tensor& images, models::Mode mode) const override {
    if (images.size(0) > room_) run_out();
    return inside_->representation(images, mode);
  }
  models::TensorMap frozen_representation() const override {
    return [this, map = inside_->frozen_representation()](const at::Tensor& images) {
      if (images.size(0) > room_) run_out();
      return map(images);
    };
  }
  std::int64_t classifier_input_count() const override { return inside_->classifier_input_count(); }
  std::int64_t feature_count() const override { return inside_->feature_count(); }

 private:
  std::unique_ptr<models::Backbone> inside_;
  std::int64_t room_;
};

class CrampedNetwork : public testing::Test {
 protected:
  CrampedNetwork() {
    table_.rows = 40;
    table_.height = table_.width = 16;
    table_.channels = 3;
    Stream stream(1, Purpose::kTest, 0);
    for (int i = 0; i < 40 * 16 * 16 * 3; ++i) {
      table_.pixels.push_back(static_cast<std::uint8_t>(stream.bits()));
    }
    for (std::int64_t row = 0; row < 40; ++row) {
      labelled_.rows.push_back(row);
      labelled_.labels.push_back(row % 2);
    }
  }
  static std::unique_ptr<models::Classifier> net(std::int64_t room) {
    auto net = models::make_classifier("small", {16, 16, 3}, 2, at::kCPU);
    net->parameters.reset(1);
    net->backbone = std::make_unique<CrampedBackbone>(std::move(net->backbone), room);
    return net;
  }

  ImageTable table_;
  LabelledRows labelled_;
};

TEST_F(CrampedNetwork, PredictsAllRowsInSmallerBatches) {
  const ResidentImages images(table_, channel_statistics(table_), at::kCPU);
  const at::Tensor expected = features_of(*net(1000), images, labelled_.rows);
  testing::internal::CaptureStderr();
  const at::Tensor features = features_of(*net(7), images, labelled_.rows);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("going on in batches of 5\n"));
  EXPECT_LT((features - expected).abs().max().item<double>(), 1e-5);
}

TEST_F(CrampedNetwork, IsTrainedFromItsBeginningWithSmallerBatches) {
  const ResidentImages images(table_, channel_statistics(table_), at::kCPU);
  const TrainingAddress address{1, 3};
  const auto roomy = net(1000);
  train(*roomy, images, labelled_, {.epochs = 2, .batch_size = 8}, address);
  const auto cramped = net(9);
  testing::internal::CaptureStderr();
  const TrainingRecord record =
      train(*cramped, images, labelled_, {.epochs = 2, .batch_size = 32}, address);
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("training at step 3 of seed 1 in batches of 32; going on in"));
  EXPECT_EQ(record.batch_size, 8);
  EXPECT_EQ(record.rows_per_epoch, 40);
  EXPECT_TRUE(at::equal(cramped->parameters.values(), roomy->parameters.values()));
}

}  // namespace
}  // namespace af::al

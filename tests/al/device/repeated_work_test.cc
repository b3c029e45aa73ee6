#include "al/device/repeated_work.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "al/device/transfer.h"

namespace af::al {
namespace {

struct Counts {
  int recorded = 0;
  int replayed = 0;
};

/// A device that keeps work as a graph does: recording it leaves no trace but in tensors' places.
class FakeRecording final : public Recording {
 public:
  FakeRecording(Counts& counts, bool able) : counts_(counts), able_(able) {}
  bool record(const std::function<void()>& work) override {
    ++counts_.recorded;
    work_ = work;
    return able_;
  }
  void replay() override {
    ++counts_.replayed;
    work_();
  }

 private:
  Counts& counts_;
  bool able_;
  std::function<void()> work_;
};

TEST(RepeatedWork, IsDoneOnceACallWhereNothingRecords) {
  int done = 0;
  RepeatedWork work(at::Device(at::kCPU), [&] { ++done; });
  for (int i = 0; i < 5; ++i) work();
  EXPECT_EQ(done, 5);
}

TEST(RepeatedWork, IsRecordedAtTheThirdCallAndReplayedFromThenOn) {
  Counts counts;
  const at::Tensor sum = at::zeros({1});
  RepeatedWork work(std::make_unique<FakeRecording>(counts, true), [&] { sum.add_(1); });
  for (int i = 1; i <= 6; ++i) {
    work();
    EXPECT_EQ(sum.item<float>(), static_cast<float>(i)) << "call " << i;
    EXPECT_EQ(counts.recorded, i < 3 ? 0 : 1);
    EXPECT_EQ(counts.replayed, std::max(0, i - 2));
  }
}

TEST(RepeatedWork, IsDoneOperatorByOperatorWhereRecordingFails) {
  Counts counts;
  const at::Tensor sum = at::zeros({1});
  RepeatedWork work(std::make_unique<FakeRecording>(counts, false), [&] { sum.add_(1); });
  for (int i = 0; i < 6; ++i) work();
  EXPECT_EQ(sum.item<float>(), 6);
  EXPECT_EQ(counts.recorded, 1);
  EXPECT_EQ(counts.replayed, 0);
}

TEST(Transfer, BringsValuesToTheDevice) {
  const std::vector<std::int64_t> values{3, -1, 1LL << 40};
  EXPECT_TRUE(at::equal(on_device(values, at::kCPU), at::tensor(values, at::kLong)));
  EXPECT_EQ(on_device(values, at::kMeta).sizes(), (std::vector<std::int64_t>{3}));
  EXPECT_NO_THROW(wait_for(at::kCPU));
}

}  // namespace
}  // namespace af::al

#include "al/training/one_cycle.h"

#include <gtest/gtest.h>

#include "tests/al/oracle.h"

namespace af::al {
namespace {

TEST(OneCycle, AgreesWithPyTorch) {
  const nlohmann::json oracle = test::oracle("one_cycle.json");
  ASSERT_FALSE(oracle["cases"].empty());
  for (const nlohmann::json& one : oracle["cases"]) {
    const OneCycle cycle{.peak = one["peak"], .batches = one["batches"]};
    for (const nlohmann::json& point : one["points"]) {
      const LearningPoint ours = cycle.at(point[0]);
      EXPECT_NEAR(ours.learning_rate, point[1].get<double>(), 1e-12) << one["batches"] << point;
      EXPECT_NEAR(ours.momentum, point[2].get<double>(), 1e-12) << one["batches"] << point;
    }
  }
}

TEST(OneCycle, IsDefinedForVeryFewBatches) {
  for (const std::int64_t batches : {1, 2, 3, 4}) {
    for (std::int64_t batch = 0; batch < batches; ++batch) {
      const LearningPoint point = OneCycle{.peak = .01, .batches = batches}.at(batch);
      EXPECT_GT(point.learning_rate, 0);
      EXPECT_LE(point.learning_rate, .01);
      EXPECT_GE(point.momentum, .85);
      EXPECT_LE(point.momentum, .95);
    }
  }
}

}  // namespace
}  // namespace af::al

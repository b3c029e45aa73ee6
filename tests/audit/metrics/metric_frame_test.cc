#include "audit/metrics/metric_frame.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/statistics/ratio_interval.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

/// A frame with one proportion, by group.
MetricFrame frame_of(const std::vector<Proportion>& by_group) {
  std::vector<std::string> names;
  for (std::size_t g = 0; g < by_group.size(); ++g) names.push_back(fmt::format("g{}", g));
  MetricFrame frame{.groups = ContingencyTable({{.name = "group", .values = names}}),
                    .metrics = {}};
  GroupMetric metric{.name = "rate", .overall = {}, .by_group = {}};
  for (std::size_t g = 0; g < by_group.size(); ++g) {
    frame.groups.add(g, static_cast<std::uint64_t>(by_group[g].trials));
    metric.by_group.push_back(
        {.estimate = estimate(by_group[g], "rows"), .proportion = by_group[g]});
  }
  frame.metrics.push_back(metric);
  return frame;
}

TEST(Difference, IsLargestMinusSmallestWithNewcombesInterval) {
  const MetricFrame frame = frame_of({{3, 10}, {56, 70}, {48, 80}, {7, 10}});
  const Estimate gap = contrasted(Contrast::kDifference, frame, frame.metrics[0]);
  const Interval interval = newcombe({56, 70}, {3, 10});
  EXPECT_DOUBLE_EQ(*gap.value, 0.8 - 0.3);
  EXPECT_EQ(gap.low, interval.low);
  EXPECT_EQ(gap.high, interval.high);
  EXPECT_THAT(gap.interval, HasSubstr("group=g1 minus group=g0"));
}

TEST(Difference, IsUndefinedIfOneGroupIsEmpty) {
  const MetricFrame frame = frame_of({{3, 10}, {0, 0}, {48, 80}});
  const Estimate gap = contrasted(Contrast::kDifference, frame, frame.metrics[0]);
  EXPECT_FALSE(gap.value);
  EXPECT_EQ(gap.reason, "rate is undefined for group=g1: There are no rows.");
}

TEST(Difference, IsUndefinedForASingleGroup) {
  const MetricFrame frame = frame_of({{3, 10}});
  EXPECT_FALSE(contrasted(Contrast::kDifference, frame, frame.metrics[0]).value);
  EXPECT_THAT(contrasted(Contrast::kRatio, frame, frame.metrics[0]).reason,
              HasSubstr("only one group"));
}

TEST(Ratio, IsSmallestOverLargestWithKoopmansInterval) {
  const MetricFrame frame = frame_of({{3, 10}, {8, 10}, {5, 10}});
  const Estimate value = contrasted(Contrast::kRatio, frame, frame.metrics[0]);
  const Interval interval = koopman({3, 10}, {8, 10});
  EXPECT_DOUBLE_EQ(*value.value, 0.375);
  EXPECT_EQ(value.low, interval.low);
  EXPECT_EQ(value.high, interval.high);
  EXPECT_THAT(value.interval, HasSubstr("group=g0 over group=g1"));
}

TEST(GroupMinimum, HasTheIntervalOfItsGroup) {
  const MetricFrame frame = frame_of({{3, 10}, {8, 10}, {5, 10}});
  const Estimate least = contrasted(Contrast::kGroupMin, frame, frame.metrics[0]);
  EXPECT_EQ(least.low, wilson({3, 10}).low);
  EXPECT_EQ(least.interval, "95 % Wilson score interval of group=g0");
}

TEST(FixedDisparity, KeepsComparingWhatTheDataChose) {
  const DisparityDefinition gap{.name = "gap", .contrast = Contrast::kDifference, .metrics = {0}};
  const FixedDisparity fixed(gap, std::vector<double>{0.2, 0.6, 0.4}, 2);
  // In this replicate the groups have changed places.
  EXPECT_DOUBLE_EQ(fixed.value(std::vector<double>{0.5, 0.4, 0.45}), -0.1);
}

TEST(FixedDisparity, KeepsTheWorseOfTwoMetrics) {
  const DisparityDefinition odds{.name = "odds",
                                 .contrast = Contrast::kDifference,
                                 .metrics = {0, 1},
                                 .joined = DisparityDefinition::Joined::kWorst};
  const FixedDisparity fixed(odds, std::vector<double>{0.2, 0.6, 0.4, 0.5, 0.6, 0.55}, 2);
  EXPECT_DOUBLE_EQ(fixed.value(std::vector<double>{0.3, 0.4, 0.35, 0.1, 0.9, 0.5}), 0.1);
}

TEST(Ratio, IsUndefinedIfTheMetricIsZeroEverywhere) {
  const MetricFrame frame = frame_of({{0, 10}, {0, 20}});
  EXPECT_EQ(contrasted(Contrast::kDifference, frame, frame.metrics[0]).value, 0.0);
  EXPECT_THAT(contrasted(Contrast::kRatio, frame, frame.metrics[0]).reason,
              HasSubstr("0 in every group"));
}

TEST(Ratio, IsZeroIfOnlyTheSmallestIs) {
  const MetricFrame frame = frame_of({{0, 10}, {4, 20}});
  EXPECT_EQ(contrasted(Contrast::kRatio, frame, frame.metrics[0]).value, 0.0);
}

TEST(Contrast, ToOverallIsOfTheGroupThatIsFarthest) {
  MetricFrame frame = frame_of({{2, 10}, {8, 10}});
  frame.metrics[0].overall = {.estimate = estimate({10, 20}, "rows"), .proportion = {{10, 20}}};
  const auto value = [&](Contrast contrast) {
    return contrasted(contrast, frame, frame.metrics[0]).value.value();
  };
  EXPECT_DOUBLE_EQ(value(Contrast::kDifferenceToOverall), 0.3);
  EXPECT_DOUBLE_EQ(value(Contrast::kRatioToOverall), 0.4);
  EXPECT_DOUBLE_EQ(value(Contrast::kGroupMin), 0.2);
  EXPECT_DOUBLE_EQ(value(Contrast::kGroupMax), 0.8);
}

}  // namespace
}  // namespace af::audit

#include "al/methods/repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "al/methods/repair_keep.h"
#include "core/errors.h"

namespace af::al::methods {
namespace {

using testing::ElementsAre;

/// 3 classes and 2 groups, tied but not wholly.
const std::vector<std::int64_t> kClasses{4, 4, 7, 7, 7, 9, 4, 9, 7, 9};
const std::vector<std::int64_t> kGroups{1, 1, 3, 3, 1, 3, 3, 3, 3, 1};
const std::vector<std::size_t> kBatch{8, 0, 3, 5, 6};

class RepairGradient : public testing::Test {
 protected:
  RepairGradient() {
    double phase = .3;
    for (double& value : state_.model) value = std::sin(phase += 2.1);
    for (double& value : state_.weights) value = std::cos(phase += 1.7);
  }
  /// Difference quotient of a term of the state by one of its values.
  template <class Term>
  double slope(double& value, Term term) {
    constexpr double kStep = 1e-5;
    const double at = value;
    value = at + kStep;
    const double up = term(repair_terms(rows_, state_, kBatch));
    value = at - kStep;
    const double down = term(repair_terms(rows_, state_, kBatch));
    value = at;
    return (up - down) / (2 * kStep);
  }

  RepairRows rows_{kClasses, kGroups};
  RepairState state_{rows_};
};

TEST_F(RepairGradient, OfTheModelIsThatOfTheLoss) {
  const RepairState gradient = repair_gradient(rows_, state_, kBatch);
  ASSERT_EQ(gradient.model.size(), 3U * (2 + 1));
  for (std::size_t i = 0; i < gradient.model.size(); ++i) {
    const double expected = slope(state_.model[i], [](const RepairTerms& t) { return t.loss; });
    EXPECT_NEAR(gradient.model[i], expected, 1e-9) << i;
    EXPECT_GT(std::abs(expected), 1e-4) << i;
  }
}

TEST_F(RepairGradient, OfTheWeightsIsThatOfTheBiasForRowsOutsideTheBatchToo) {
  const RepairState gradient = repair_gradient(rows_, state_, kBatch);
  ASSERT_EQ(gradient.weights.size(), kClasses.size());
  for (std::size_t i = 0; i < gradient.weights.size(); ++i) {
    const double expected = slope(state_.weights[i], [](const RepairTerms& t) { return t.bias(); });
    EXPECT_NEAR(gradient.weights[i], expected, 1e-9) << i;
    EXPECT_GT(std::abs(expected), 1e-4) << i;
  }
}

TEST_F(RepairGradient, IsOfTermsThatFollowTheirDefinition) {
  const std::vector<std::size_t> class_numbers{0, 0, 1, 1, 1, 2, 0, 2, 1, 2};
  const std::vector<std::size_t> group_numbers{0, 0, 1, 1, 0, 1, 1, 1, 1, 0};
  std::vector<double> w;
  std::vector<double> q(3);
  double sum = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    w.push_back(1 / (1 + std::exp(-state_.weights[i])));
    sum += w[i];
    q[class_numbers[i]] += w[i];
  }
  double loss = 0;
  double entropy = 0;
  for (const std::size_t i : kBatch) {
    const auto logit = [&](std::size_t c) {
      return state_.model[c * 3 + group_numbers[i]] + state_.model[c * 3 + 2];
    };
    const double all = std::exp(logit(0)) + std::exp(logit(1)) + std::exp(logit(2));
    const double z = w[i] / (sum / 10);
    loss += z * (std::log(all) - logit(class_numbers[i])) / 5;
    entropy -= z * std::log(q[class_numbers[i]] / sum) / 5;
  }
  const RepairTerms terms = repair_terms(rows_, state_, kBatch);
  EXPECT_NEAR(terms.loss, loss, 1e-12);
  EXPECT_NEAR(terms.entropy, entropy, 1e-12);
  EXPECT_NEAR(terms.bias(), 1 - loss / entropy, 1e-12);
}

/// 1,000 rows of two classes, nine tenths of each in its own group.
RepairRows tied_rows() {
  std::vector<std::int64_t> classes;
  std::vector<std::int64_t> groups;
  for (std::int64_t i = 0; i < 1000; ++i) {
    classes.push_back(i % 2);
    groups.push_back(i % 20 < 2 ? 1 - i % 2 : i % 2);
  }
  return {classes, groups};
}

TEST(Repair, GivesRowsThatContradictTheAttributeMoreWeight) {
  const RepairRows rows = tied_rows();
  const std::vector<double> weights = repair_weights(rows, {}, 1, 0);
  double with = 0;
  double against = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    (rows.classes[i] == rows.groups[i] ? with : against) += weights[i];
  }
  // From 1 in 10 towards one half, where the attribute says nothing; the steps of the game between
  // model and weights carry it to either side of that.
  EXPECT_GT(against / (with + against), .3);
  EXPECT_LT(against / (with + against), .7);
  EXPECT_EQ(weights, repair_weights(rows, {}, 1, 0));
  EXPECT_NE(weights, repair_weights(rows, {}, 2, 0));
  EXPECT_NE(weights, repair_weights(rows, {}, 1, 1));
}

TEST(Repair, LeavesRowsOfOneClassAlone) {
  const std::vector<std::int64_t> classes(5, 3);
  const RepairRows rows(classes, std::vector<std::int64_t>{0, 1, 0, 1, 1});
  EXPECT_THAT(repair_weights(rows, {}, 1, 0), testing::Each(.5));
}

TEST(Repair, SaysWhenItsWeightsDiverge) {
  try {
    static_cast<void>(repair_weights(
        tied_rows(), {.epochs = 3, .learning_rate = 1e300, .weight_rate = 1e300}, 1, 7));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInput);
    EXPECT_THAT(error.what(), testing::HasSubstr("step 7"));
    EXPECT_THAT(error.what(), testing::HasSubstr("repair_weight_rate 1e+300"));
  }
}

class RepairKeeping : public testing::Test {
 protected:
  std::vector<std::int64_t> kept(RepairKeep keep, double ratio = .5, std::int64_t step = 0) const {
    return repair_kept(rows_, weights_, {.keep = keep, .keep_ratio = ratio}, 1, step);
  }

  RepairRows rows_{std::vector<std::int64_t>{0, 0, 0, 1, 1, 1, 1},
                   std::vector<std::int64_t>{0, 1, 0, 1, 0, 1, 0}};
  std::vector<double> weights_{.9, .5, .6, .2, .51, .2, .3};
};

TEST_F(RepairKeeping, ByThresholdIsStrict) {
  EXPECT_THAT(kept(RepairKeep::kThreshold), ElementsAre(0, 2, 4));
}

TEST_F(RepairKeeping, ByRankRoundsHalfToEvenAndBreaksTiesByPosition) {
  EXPECT_THAT(kept(RepairKeep::kRank), ElementsAre(0, 1, 2, 4));  // 3.5 is 4.
  EXPECT_THAT(kept(RepairKeep::kRank, 6. / 7), ElementsAre(0, 1, 2, 3, 4, 6));
}

TEST_F(RepairKeeping, ByClassRankKeepsAShareOfEachClass) {
  EXPECT_THAT(kept(RepairKeep::kClassRank), ElementsAre(0, 2, 4, 6));          // Of 1.5 and 2.
  EXPECT_THAT(kept(RepairKeep::kClassRank, .75), ElementsAre(0, 2, 3, 4, 6));  // Of 2.25 and 3.
}

TEST_F(RepairKeeping, UniformlyKeepsAsManyWhateverTheWeights) {
  std::map<std::int64_t, int> times;
  for (std::int64_t step = 0; step < 2000; ++step) {
    const auto positions = kept(RepairKeep::kUniform, 3. / 7, step);
    ASSERT_EQ(positions.size(), 3U);
    ASSERT_TRUE(std::ranges::is_sorted(positions));
    for (const std::int64_t position : positions) ++times[position];
  }
  // Binomial of 2,000 with 3/7: mean 857, deviation 22.
  for (const auto& [position, count] : times) EXPECT_NEAR(count, 857, 88) << position;
}

TEST_F(RepairKeeping, BySamplingKeepsEachWithItsWeight) {
  weights_[0] = 1;  // Else now and then none is kept.
  std::vector<double> times(7);
  for (std::int64_t step = 0; step < 2000; ++step) {
    for (const std::int64_t position : kept(RepairKeep::kSample, .5, step)) {
      ++times[static_cast<std::size_t>(position)];
    }
  }
  for (std::size_t i = 0; i < 7; ++i) {
    const double deviation = std::sqrt(2000 * weights_[i] * (1 - weights_[i]));
    EXPECT_LE(std::abs(times[i] - 2000 * weights_[i]), 4 * deviation) << i;
  }
}

TEST_F(RepairKeeping, RefusesToKeepNothing) {
  try {
    static_cast<void>(
        repair_kept(rows_, weights_, {.keep = RepairKeep::kThreshold, .threshold = .95}, 3, 4));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInput);
    EXPECT_THAT(error.what(), testing::HasSubstr("none of 7 labelled rows at step 4 of seed 3"));
    EXPECT_THAT(error.what(), testing::HasSubstr("0.9,"));
  }
}

}  // namespace
}  // namespace af::al::methods

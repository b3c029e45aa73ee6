#include "audit/runs/penalty_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace af::audit {
namespace {

using testing::ElementsAre;

using Seeds = std::vector<std::optional<double>>;

SeedValues step(std::vector<Seeds> values) {
  return {.measure = "accuracy", .values = std::move(values)};
}

const Seeds kLow{0.50, 0.51, 0.49, 0.52, 0.50};
const Seeds kHigh{0.70, 0.73, 0.69, 0.71, 0.70};  // Above kLow by 0.19 to 0.22 in every seed.
const Seeds kMixed{0.71, 0.40, 0.70, 0.35, 0.60};

TEST(PenaltyMatrix, CountsTheStepsAtWhichOneBeatsAnother) {
  const PenaltyMatrix matrix = penalty_matrix(
      {step({kHigh, kLow, kLow}), step({kHigh, kLow, kMixed}), step({kLow, kLow, kLow}),
       step({kLow, kHigh, kLow}), step({kHigh, kLow, kLow})});
  EXPECT_EQ(matrix.steps, 4U);
  EXPECT_THAT(matrix.shares, ElementsAre(ElementsAre(0, 0.5, 0.25), ElementsAre(0.25, 0, 0.25),
                                         ElementsAre(0, 0, 0)));
  EXPECT_EQ(matrix.mean_against(0), 0.125);
  EXPECT_EQ(matrix.mean_against(1), 0.25);
}

TEST(PenaltyMatrix, TakesNoSideWhereASeedHasNoValue) {
  Seeds gap = kHigh;
  gap[2].reset();
  const PenaltyMatrix matrix = penalty_matrix({step({kLow, kLow}), step({gap, kLow})});
  EXPECT_THAT(matrix.shares, ElementsAre(ElementsAre(0, 0), ElementsAre(0, 0)));
}

}  // namespace
}  // namespace af::audit

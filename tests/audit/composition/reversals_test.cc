#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/composition/composition.h"
#include "audit/composition/simpson.h"
#include "tests/audit/metrics/expected.h"

namespace af::audit {
namespace {

using test::disparity;

/// Treatments, a doctor who has nothing to do with it, outcome and size of the kidney stones, from
/// Charig et al. 1986, "Comparison of treatment of renal calculi": the textbook case. Treatment A
/// is better for small stones (81 of 87 against 234 of 270) and for large ones (192 of 263 against
/// 55 of 80), and worse over all (273 of 350 against 289 of 350).
ContingencyTable kidney_stones(std::vector<std::string> last, bool weighted) {
  ContingencyTable table({{.name = "stones", .values = {"small", "large"}},
                          {.name = "treatment", .values = {"A", "B"}},
                          {.name = "outcome", .values = std::move(last)}});
  const std::uint64_t counts[] = {6, 81, 36, 234, 71, 192, 25, 55};
  for (std::size_t cell = 0; cell < 8; ++cell) {
    if (!weighted) table.add(cell, counts[cell]);
    for (std::uint64_t i = 0; weighted && i < counts[cell]; ++i) table.add_weighted(cell, 0.5);
  }
  return table;
}

/// Factors: stones, outcome, treatment.
ContingencyTable composition(bool weighted) {
  return kidney_stones({"failure", "success"}, weighted)
      .marginal(std::vector<std::size_t>{0, 2, 1});
}

TEST(StratumReversals, FindTheTextbookOneWithAndWithoutWeights) {
  for (const bool weighted : {false, true}) {
    const auto found = stratum_reversals(composition(weighted));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].share_of.second, "success");
    EXPECT_EQ(found[0].column, "treatment");
    EXPECT_EQ(found[0].first, "B");
    EXPECT_EQ(found[0].second, "A");
    EXPECT_EQ(found[0].stratum_column, "stones");
    EXPECT_NEAR(*found[0].overall.value, 289.0 / 350 - 273.0 / 350, 1e-15);
    ASSERT_EQ(found[0].strata.size(), 2U);
    EXPECT_EQ(found[0].strata[0].value, "small");
    EXPECT_NEAR(*found[0].strata[0].difference.value, 234.0 / 270 - 81.0 / 87, 1e-15);
    EXPECT_NEAR(*found[0].strata[1].difference.value, 55.0 / 80 - 192.0 / 263, 1e-15);
  }
}

TEST(StratumReversals, DoNotTakeTheStrataForGroups) {
  // Within each treatment, small stones do better, and over all as well.
  for (const SimpsonReversal& one : stratum_reversals(composition(false))) {
    EXPECT_NE(one.column, "stones");
  }
}

TEST(PredictionReversals, AreOfEveryRateThatTurnsRound) {
  // The label is always 1, the prediction the outcome: selection rate, accuracy and true positive
  // rate are the share of successes.
  const ContingencyTable table = kidney_stones({"0", "1"}, false);
  ContingencyTable all({table.factors()[0],
                        table.factors()[1],
                        {.name = "label", .values = {"1"}},
                        {.name = "prediction", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < 8; ++cell) all.add(cell, table.count(cell));
  const PredictionAudit audit =
      audit_predictions(all.marginal(std::vector<std::size_t>{1, 2, 3}), {});
  std::vector<std::string> names;
  for (const SimpsonReversal& one : prediction_reversals(all, audit)) {
    EXPECT_EQ(one.share_of.first, "metric");
    EXPECT_EQ(one.first, "B");
    EXPECT_NEAR(*one.strata[0].difference.value, 234.0 / 270 - 81.0 / 87, 1e-15);
    names.push_back(one.share_of.second);
  }
  EXPECT_THAT(names, testing::ElementsAre("accuracy", "selection_rate", "true_positive_rate"));
}

TEST(CompositionStrata, CompareBaseRatesInsideEachStratum) {
  const StrataAudit strata = composition_strata(composition(false), IntervalMethod::kWilson);
  EXPECT_EQ(strata.column, "stones");
  const double small = 81.0 / 87 - 234.0 / 270;
  const double large = 192.0 / 263 - 55.0 / 80;
  const Estimate& worst = disparity(strata.disparities, "conditional_p_outcome_success_difference");
  EXPECT_NEAR(*worst.value, small, 1e-15);
  EXPECT_THAT(worst.interval, testing::HasSubstr("in stones=small"));
  EXPECT_NEAR(*disparity(strata.disparities, "conditional_p_outcome_success_difference_mean").value,
              (357 * small + 343 * large) / 700, 1e-15);
}

}  // namespace
}  // namespace af::audit

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "al/acquisition/bal_ent_acq.h"
#include "al/acquisition/bald.h"
#include "al/acquisition/entropy.h"
#include "al/acquisition/epig.h"
#include "al/acquisition/least_confidence.h"
#include "al/acquisition/margin.h"
#include "al/acquisition/variation_ratio.h"
#include "al/device/device.h"
#include "core/random.h"
#include "tests/al/acquisition/fake_candidates.h"
#include "tests/al/devices.h"
#include "tests/al/oracle.h"

/// Heuristics that score each row by itself, against BaaL or the published formula.
namespace af::al::acquisition {
namespace {

constexpr std::int64_t kPlenty = 1'000'000'000;

class ScoresOnEachDevice : public test::OnEachDevice {
 protected:
  /// Compares scores of the log-probabilities in float32 with those on record.
  template <class Scores>
  void expect_agreement(const char* name, Scores scores, double tolerance) {
    const nlohmann::json cases = test::oracle("acquisition.json")["scores"];
    ASSERT_FALSE(cases.empty());
    for (const nlohmann::json& one : cases) {
      const at::Tensor log_p = on_device(one["probabilities"]);
      const std::vector<double> got = scores(log_p, on_device(one["targets"]));
      const std::vector<double> expected = one[name];
      ASSERT_EQ(got.size(), expected.size());
      for (std::size_t i = 0; i < got.size(); ++i) {
        EXPECT_NEAR(got[i], expected[i], tolerance * std::max(1.0, std::abs(expected[i]))) << i;
      }
    }
  }

 private:
  static at::Tensor on_device(const nlohmann::json& probabilities) {
    const at::Tensor log_p = test::tensor_of(probabilities).log().to(at::kFloat);
    return log_p.to(at::Device(GetParam()));
  }
};
INSTANTIATE_TEST_SUITE_P(All, ScoresOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(ScoresOnEachDevice, OfBaldAgreeWithBaal) {
  expect_agreement(
      "bald", [](const auto& p, const auto&) { return bald_scores(p); }, 1e-6);
  expect_agreement(
      "bald", [](const auto& p, const auto&) { return bald_scores_by_operators(p); }, 1e-6);
}

TEST_P(ScoresOnEachDevice, OfEntropyAgreeWithBaal) {
  expect_agreement(
      "entropy", [](const auto& p, const auto&) { return entropy_scores(p); }, 1e-6);
}

TEST_P(ScoresOnEachDevice, OfLeastConfidenceAgreeWithBaal) {
  expect_agreement(
      "least_confidence", [](const auto& p, const auto&) { return least_confidence_scores(p); },
      1e-6);
}

TEST_P(ScoresOnEachDevice, OfMarginAgreeWithBaal) {
  expect_agreement(
      "margin", [](const auto& p, const auto&) { return margin_scores(p); }, 1e-6);
}

TEST_P(ScoresOnEachDevice, OfVariationRatioAgreeWithCountedVotes) {
  expect_agreement(
      "variation_ratio", [](const auto& p, const auto&) { return variation_ratio_scores(p); },
      1e-12);
}

TEST_P(ScoresOnEachDevice, OfBalEntAcqAgreeWithTheirFormula) {
  expect_agreement(
      "balentacq", [](const auto& p, const auto&) { return bal_ent_acq_scores(p); }, 1e-3);
}

TEST_P(ScoresOnEachDevice, OfEpigAgreeWithBaalInAnyMemory) {
  for (const std::int64_t memory : {std::int64_t{1}, std::int64_t{5000}, kPlenty}) {
    expect_agreement(
        "epig", [&](const auto& p, const auto& t) { return epig_scores(p, t, memory); }, 1e-5);
  }
}

TEST(Bald, IsLogTwoWhenCertainDrawsDisagreeAndZeroWhenDrawsAreAlike) {
  const double inf = std::numeric_limits<double>::infinity();
  const double half = std::log(.5);
  // Two draws of three rows: certain of different classes, certain of one, undecided both times.
  const at::Tensor log_p = at::tensor({0., -inf, 0., -inf, half, half,  //
                                       -inf, 0., 0., -inf, half, half},
                                      at::kDouble)
                               .view({2, 3, 2});
  const std::vector<double> scores = bald_scores(log_p);
  EXPECT_NEAR(scores[0], std::log(2.), 1e-12);
  EXPECT_NEAR(scores[1], 0, 1e-12);
  EXPECT_NEAR(scores[2], 0, 1e-12);
}

/// [T, N, classes] float32 log-probabilities from very sharp to even.
at::Tensor random_log_probabilities(std::int64_t draws, std::int64_t rows, std::int64_t classes) {
  at::Tensor logits = at::empty({draws, rows, classes}, at::kFloat);
  Stream stream(3, Purpose::kTest, 0);
  float* values = logits.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < logits.numel(); ++i) {
    values[i] = static_cast<float>(stream.normal() * stream.uniform(0, 40));
  }
  return at::log_softmax(logits, 2);
}

TEST(BaldKernel, AgreesWithTheOperatorsToRounding) {
  for (const std::int64_t classes : {2, 3, 10, 5000}) {
    const at::Tensor log_p = random_log_probabilities(6, classes > 100 ? 3 : 3001, classes);
    const std::vector<double> kernel = bald_scores(log_p);
    const std::vector<double> operators = bald_scores_by_operators(log_p);
    ASSERT_EQ(kernel.size(), operators.size());
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      ASSERT_NEAR(kernel[i], operators[i], 1e-12) << classes << " classes, row " << i;
    }
  }
}

TEST(BaldKernel, GivesTheSameBitsForAnyNumberOfThreads) {
  const at::Tensor log_p = random_log_probabilities(5, 30'001, 3);
  prepare_thread(1);
  const std::vector<double> alone = bald_scores(log_p);
  prepare_thread(4);
  EXPECT_EQ(bald_scores(log_p), alone);
  prepare_thread(1);
  EXPECT_EQ(bald_scores(log_p.narrow(1, 77, 1))[0], alone[77]);
}

TEST(BaldKernel, PassesNotANumberOn) {
  at::Tensor log_p = random_log_probabilities(3, 4, 2);
  log_p[1][2][0] = std::numeric_limits<float>::quiet_NaN();
  const std::vector<double> scores = bald_scores(log_p);
  EXPECT_TRUE(std::isnan(scores[2]));
  EXPECT_FALSE(std::isnan(scores[1]));
}

TEST(Entropy, IsThatOfTheMeanAndNotTheMeanOfThose) {
  const at::Tensor log_p = at::tensor({.9, .1, .1, .9}, at::kDouble).view({2, 1, 2}).log();
  EXPECT_NEAR(entropy_scores(log_p)[0], std::log(2.), 1e-12);
}

TEST(Epig, IsZeroForARowThatTellsNothingAboutTheTargets) {
  // The row's draws vary, the target's do not.
  const at::Tensor row = at::tensor({.9, .1, .1, .9}, at::kDouble).view({2, 1, 2}).log();
  const at::Tensor constant = at::tensor({.7, .3, .7, .3}, at::kDouble).view({2, 1, 2}).log();
  EXPECT_NEAR(epig_scores(row, constant, kPlenty)[0], 0, 1e-12);
  // With the row itself as the target, the draws being certain, it is all there is to know.
  const at::Tensor sure = at::tensor({1., 1e-300, 1e-300, 1.}, at::kDouble).view({2, 1, 2}).log();
  EXPECT_NEAR(epig_scores(sure, sure, kPlenty)[0], std::log(2.), 1e-9);
}

TEST(BalEntAcq, IsFiniteWhereDrawsAgreeOrAreAsFarApartAsTheyCanBe) {
  const at::Tensor log_p = at::tensor({.5, .5, 1., 0., 1., 0., .5, .5, 1., 0., 0., 1.}, at::kDouble)
                               .view({2, 3, 2})
                               .log();
  for (const double score : bal_ent_acq_scores(log_p)) EXPECT_TRUE(std::isfinite(score)) << score;
  for (const double score : bal_ent_acq_scores(log_p.narrow(0, 0, 1))) {
    EXPECT_TRUE(std::isfinite(score)) << score;
  }
}

}  // namespace
}  // namespace af::al::acquisition

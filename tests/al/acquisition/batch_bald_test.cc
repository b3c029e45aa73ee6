#include "al/acquisition/batch_bald.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "al/acquisition/bald.h"
#include "al/acquisition/label_configurations.h"
#include "al/device/device.h"
#include "tests/al/acquisition/fake_candidates.h"
#include "tests/al/devices.h"
#include "tests/al/oracle.h"

namespace af::al::acquisition {
namespace {

using test::FakeCandidates;

class BatchBaldOnEachDevice : public test::OnEachDevice {};
INSTANTIATE_TEST_SUITE_P(All, BatchBaldOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(BatchBaldOnEachDevice, AgreesWithTheSumOverAllConfigurationsInAnyMemory) {
  const nlohmann::json cases = test::oracle("acquisition.json")["scores"];
  ASSERT_FALSE(cases.empty());
  for (const nlohmann::json& one : cases) {
    const at::Tensor log_p = test::tensor_of(one["probabilities"]).log();
    FakeCandidates candidates(log_p.to(at::Device(GetParam())));
    const std::vector<std::int64_t> rows = one["batchbald"]["rows"];
    const std::vector<double> gains = one["batchbald"]["gains"];
    for (const std::int64_t memory_mb : {0, 1, 100}) {
      const auto chosen = BatchBald({.joint_configurations = 1000, .joint_memory_mb = memory_mb})
                              .choose(candidates, rows.size());
      EXPECT_EQ(test::rows_of(chosen), rows);
      for (std::size_t i = 0; i < gains.size(); ++i) EXPECT_NEAR(chosen[i].score, gains[i], 1e-9);
    }
  }
}

/// Thirty rows with alike neighbours, [T, 30, 2].
at::Tensor many_rows(std::int64_t draws) {
  Stream stream(2, Purpose::kTest, 0);
  at::Tensor logits = at::empty({draws, 30, 2}, at::kDouble);
  for (std::int64_t t = 0; t < draws; ++t) {
    const double shared = stream.normal();
    for (std::int64_t n = 0; n < 30; ++n) {
      logits[t][n][0] = 2 * shared * std::sin(static_cast<double>(n)) + stream.normal();
      logits[t][n][1] = 0;
    }
  }
  return at::log_softmax(logits, 2);
}

TEST(BatchBald, StartsWithTheHighestBaldScore) {
  FakeCandidates candidates(many_rows(10));
  EXPECT_EQ(test::rows_of(BatchBald({}).choose(candidates, 1)),
            test::rows_of(Bald().choose(candidates, 1)));
}

TEST(BatchBald, ChoosesEveryRowOnceIfAllAreAskedFor) {
  FakeCandidates candidates(many_rows(5));
  std::vector<std::int64_t> rows =
      test::rows_of(BatchBald({.joint_configurations = 16}).choose(candidates, 30));
  std::ranges::sort(rows);
  EXPECT_EQ(rows, std::vector<std::int64_t>(candidates.rows().begin(), candidates.rows().end()));
}

TEST(BatchBald, PassesOverCopiesOfARowThatItHasChosen) {
  // Rows 0 and 1 are the same, row 2 tells less than either but something else.
  const at::Tensor log_p = at::tensor({.99, .01, .99, .01, .8, .2,  //
                                       .99, .01, .99, .01, .2, .8,  //
                                       .01, .99, .01, .99, .8, .2,  //
                                       .01, .99, .01, .99, .2, .8},
                                      at::kDouble)
                               .view({4, 3, 2})
                               .log();
  FakeCandidates candidates(log_p);
  EXPECT_EQ(test::rows_of(BatchBald({}).choose(candidates, 3)),
            (std::vector<std::int64_t>{0, 2, 1}));
  EXPECT_EQ(test::rows_of(Bald().choose(candidates, 3)), (std::vector<std::int64_t>{0, 1, 2}));
}

/// Entropy of the labels of the first rows, by the configurations' conditional entropies.
double joint_entropy(const at::Tensor& log_p, std::int64_t rows, std::int64_t limit,
                     std::uint64_t seed, bool* exact = nullptr) {
  LabelConfigurations labels(log_p.size(0), limit, log_p.device());
  double entropy = 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    const at::Tensor p = log_p.select(1, row).exp();
    const at::Tensor q = labels.posterior().mm(p);
    entropy += (labels.weights() * at::special_entr(q).sum(1)).sum().item<double>();
    labels.extend(p, Stream(seed, Purpose::kTest, static_cast<std::uint64_t>(row)));
  }
  if (exact != nullptr) *exact = labels.exact();
  return entropy;
}

TEST(JointEntropyKernel, AgreesWithTheOperatorsAndForAnyNumberOfThreads) {
  for (const std::int64_t draws : {1, 6, 11}) {
    const at::Tensor log_p = many_rows(draws);
    LabelConfigurations labels(draws, 150, at::kCPU);
    for (std::int64_t row = 0; row < 12; ++row) {
      prepare_thread(1);
      const at::Tensor alone = conditional_entropies(log_p, labels, 1'000'000);
      const at::Tensor operators = conditional_entropies_by_operators(log_p, labels, 20'000);
      EXPECT_LT((alone - operators).abs().max().item<double>(), 1e-12);
      prepare_thread(4);
      EXPECT_TRUE(at::equal(conditional_entropies(log_p, labels, 2'000), alone));
      labels.extend(log_p.select(1, row).exp(),
                    Stream(1, Purpose::kTest, static_cast<std::uint64_t>(row)));
    }
  }
  prepare_thread(1);
}

TEST(LabelConfigurations, AreAllThereUpToTheLimitAndAsManyBeyond) {
  const at::Tensor log_p = many_rows(6);
  LabelConfigurations labels(6, 32, at::kCPU);
  for (std::int64_t row = 0; row < 9; ++row) {
    labels.extend(log_p.select(1, row).exp(),
                  Stream(1, Purpose::kTest, static_cast<std::uint64_t>(row)));
    const std::int64_t configurations = labels.weights().size(0);
    EXPECT_EQ(labels.exact(), row < 5);
    EXPECT_LE(configurations, 32);
    if (row < 5) {
      EXPECT_EQ(configurations, std::int64_t{2} << row);
    }
    EXPECT_NEAR(labels.weights().sum().item<double>(), 1, 1e-12);
    EXPECT_LT((labels.posterior().sum(1) - 1).abs().max().item<double>(), 1e-12);
  }
}

TEST(LabelConfigurations, SampledOnesHaveTheExactEntropyAsTheirExpectation) {
  const at::Tensor log_p = many_rows(6);
  bool exact = false;
  const double expected = joint_entropy(log_p, 10, 2000, 0, &exact);
  ASSERT_TRUE(exact);
  constexpr int kRepeats = 200;
  double sum = 0;
  double squares = 0;
  for (std::uint64_t seed = 0; seed < kRepeats; ++seed) {
    const double difference = joint_entropy(log_p, 10, 24, seed, &exact) - expected;
    EXPECT_FALSE(exact);
    sum += difference;
    squares += difference * difference;
  }
  const double error = std::sqrt(squares / kRepeats / kRepeats);
  EXPECT_GT(error, 0);
  EXPECT_LT(std::abs(sum / kRepeats), 3.3 * error);  // Two-sided 1e-3.
}

TEST(LabelConfigurations, LoseThoseThatCannotBe) {
  LabelConfigurations labels(2, 100, at::kCPU);
  labels.extend(at::tensor({1., 0., 0., 0., 1., 0.}, at::kDouble).view({2, 3}),
                Stream(1, Purpose::kTest, 0));
  EXPECT_EQ(labels.weights().size(0), 2);
  EXPECT_TRUE(labels.exact());
  EXPECT_TRUE(at::equal(labels.posterior(), at::eye(2, at::kDouble)));
}

}  // namespace
}  // namespace af::al::acquisition

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "al/acquisition/badge.h"
#include "al/acquisition/core_set.h"
#include "al/acquisition/nearest_centre.h"
#include "al/device/device.h"
#include "core/random.h"
#include "tests/al/acquisition/fake_candidates.h"
#include "tests/al/devices.h"
#include "tests/al/oracle.h"

/// Heuristics that choose by distances: CoreSet and BADGE.
namespace af::al::acquisition {
namespace {

using test::FakeCandidates;

at::Tensor float_tensor(const nlohmann::json& nested, at::Device device) {
  return test::tensor_of(nested).to(at::kFloat).to(device);
}

at::Tensor random_points(std::int64_t rows, std::int64_t width) {
  at::Tensor points = at::empty({rows, width}, at::kFloat);
  Stream stream(4, Purpose::kTest, 0);
  float* values = points.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < points.numel(); ++i) values[i] = static_cast<float>(stream.normal());
  return points;
}

std::vector<std::int64_t> numbers(std::int64_t count) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

class DiversityOnEachDevice : public test::OnEachDevice {};
INSTANTIATE_TEST_SUITE_P(All, DiversityOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(DiversityOnEachDevice, OfCoreSetAgreesWithItsDefinition) {
  const at::Device device(GetParam());
  const nlohmann::json oracle = test::oracle("acquisition.json")["core_set"];
  const std::vector<std::int64_t> rows = oracle["rows"];
  const std::vector<double> distances = oracle["distances"];
  const auto chosen = k_center_greedy(float_tensor(oracle["points"], device),
                                      float_tensor(oracle["labelled"], device), numbers(30), 12);
  EXPECT_EQ(test::rows_of(chosen), rows);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(chosen[i].score, distances[i], 1e-5);
}

TEST_P(DiversityOnEachDevice, OfBadgeMeasuresTheGradientsWithoutBuildingThem) {
  const at::Device device(GetParam());
  const nlohmann::json oracle = test::oracle("acquisition.json")["badge"];
  const at::Tensor p = float_tensor(oracle["probabilities"], device);
  const GradientEmbeddings gradients(p.log(), float_tensor(oracle["hidden"], device));
  const at::Tensor expected = test::tensor_of(oracle["squared_distances"]);
  for (std::int64_t i = 0; i < 30; ++i) {
    const std::vector<double> distances = gradients.squared_distances(i);
    for (std::int64_t j = 0; j < 30; ++j) {
      EXPECT_NEAR(distances[static_cast<std::size_t>(j)], expected[i][j].item<double>(), 1e-4);
    }
    EXPECT_EQ(distances[static_cast<std::size_t>(i)], 0);
  }
}

TEST_P(DiversityOnEachDevice, OfBadgeBeginsWithTheLongestGradientAndScoresTheNearestDistance) {
  const at::Device device(GetParam());
  const nlohmann::json oracle = test::oracle("acquisition.json")["badge"];
  const at::Tensor log_p = float_tensor(oracle["probabilities"], device).log();
  FakeCandidates candidates(numbers(30));
  const auto chosen = badge(log_p, float_tensor(oracle["hidden"], device), candidates, 8);
  const std::vector<double> lengths = oracle["squared_lengths"];
  const at::Tensor distances = test::tensor_of(oracle["squared_distances"]);
  EXPECT_EQ(chosen[0].row, std::ranges::max_element(lengths) - lengths.begin());
  EXPECT_NEAR(chosen[0].score, *std::ranges::max_element(lengths), 1e-4);
  for (std::size_t i = 1; i < chosen.size(); ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < i; ++j) {
      nearest = std::min(nearest, distances[chosen[i].row][chosen[j].row].item<double>());
    }
    EXPECT_NEAR(chosen[i].score, nearest, 1e-4);
  }
}

TEST(Badge, DrawsTheNextRowBySquaredDistances) {
  const nlohmann::json oracle = test::oracle("acquisition.json")["badge"];
  const at::Tensor log_p = float_tensor(oracle["probabilities"], at::kCPU).log().narrow(0, 0, 10);
  const at::Tensor hidden = float_tensor(oracle["hidden"], at::kCPU).narrow(0, 0, 10);
  FakeCandidates candidates(numbers(10));
  const std::int64_t first = badge(log_p, hidden, candidates, 1)[0].row;
  const at::Tensor distances = test::tensor_of(oracle["squared_distances"])[first].narrow(0, 0, 10);
  constexpr int kSteps = 5000;
  std::vector<double> counts(10);
  for (candidates.step_number = 0; candidates.step_number < kSteps; ++candidates.step_number) {
    ++counts[static_cast<std::size_t>(badge(log_p, hidden, candidates, 2)[1].row)];
  }
  std::vector<double> seen;
  std::vector<double> chances;
  double rest_seen = 0;
  double rest = 0;
  const double sum = distances.sum().item<double>();
  for (std::int64_t i = 0; i < 10; ++i) {
    const double chance = distances[i].item<double>() / sum;
    const double count = counts[static_cast<std::size_t>(i)];
    if (i == first) {
      EXPECT_EQ(count, 0);
    } else if (chance * kSteps < 5) {
      rest += chance, rest_seen += count;
    } else {
      chances.push_back(chance), seen.push_back(count);
    }
  }
  if (rest * kSteps >= 5) chances.push_back(rest), seen.push_back(rest_seen);
  ASSERT_GE(chances.size(), 5U);
  EXPECT_LT(test::chi_square(seen, chances), 26.12);  // 1e-3 with 8 degrees of freedom or fewer.
}

TEST(Badge, NeverDrawsACopyWhileThereIsAnythingElse) {
  const at::Tensor once = random_points(6, 19);
  const at::Tensor log_p = at::log_softmax(random_points(6, 3), 1);
  FakeCandidates candidates(numbers(12));
  for (candidates.step_number = 0; candidates.step_number < 50; ++candidates.step_number) {
    std::set<std::int64_t> originals;
    for (const Choice& choice : badge(log_p.repeat({2, 1}), once.repeat({2, 1}), candidates, 6)) {
      originals.insert(choice.row % 6);
    }
    ASSERT_EQ(originals.size(), 6U);
  }
}

TEST(Badge, TakesTheLowestRowsWhereAllGradientsAreAlike) {
  const at::Tensor log_p = at::tensor({.6, .4}, at::kFloat).log().repeat({4, 1});
  const at::Tensor hidden = at::ones({4, 3}, at::kFloat);
  FakeCandidates candidates(std::vector<std::int64_t>{3, 5, 7, 9});
  EXPECT_EQ(test::rows_of(badge(log_p, hidden, candidates, 4)),
            (std::vector<std::int64_t>{3, 5, 7, 9}));
}

TEST(CoreSet, TakesTheLowerRowOfEqualDistancesAndCopiesLast) {
  const at::Tensor points = at::tensor({1., -1., 1., 0., 0.}, at::kFloat).view({5, 1});
  const at::Tensor labelled = at::zeros({1, 1}, at::kFloat);
  const std::vector<std::int64_t> rows{10, 11, 12, 13, 14};
  EXPECT_EQ(test::rows_of(k_center_greedy(points, labelled, rows, 5)),
            (std::vector<std::int64_t>{10, 11, 12, 13, 14}));
}

TEST(NearestCentre, AgreesWithTheOperatorsAndWithDifferences) {
  const at::Tensor points = random_points(300, 37);
  const at::Tensor centres = random_points(340, 37).narrow(0, 300, 40);
  at::Tensor kernel = at::full({300}, 1e30, at::kFloat);
  at::Tensor operators = kernel.clone();
  lower_to_nearest_(kernel, points, centres);
  lower_to_nearest_by_operators_(operators, points, centres);
  EXPECT_LT(((kernel - operators) / operators).abs().max().item<double>(), 1e-5);
  const at::Tensor expected = at::cdist(points.to(at::kDouble), centres.to(at::kDouble)).amin(1);
  EXPECT_LT((kernel.sqrt() - expected).abs().max().item<double>(), 1e-5);
}

TEST(NearestCentre, LeavesCopiesAtExactlyZeroFarFromTheOrigin) {
  const at::Tensor points = random_points(20, 64) + 1000;
  at::Tensor nearest = at::full({20}, 1e30, at::kFloat);
  lower_to_nearest_(nearest, points, points.narrow(0, 5, 1));
  EXPECT_EQ(nearest[5].item<double>(), 0);
  EXPECT_GT(nearest[6].item<double>(), 1);
}

TEST(CoreSet, ChoosesTheSameForAnyNumberOfThreads) {
  const at::Tensor points = random_points(3000, 33);
  const auto choose = [&] {
    return k_center_greedy(points, points.narrow(0, 0, 3), numbers(3000), 40);
  };
  prepare_thread(1);
  const auto alone = choose();
  prepare_thread(4);
  EXPECT_EQ(choose(), alone);
  prepare_thread(1);
}

}  // namespace
}  // namespace af::al::acquisition

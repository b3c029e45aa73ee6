#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "al/acquisition/bald.h"
#include "al/acquisition/heuristic.h"
#include "al/acquisition/random.h"
#include "al/acquisition/registry.h"
#include "tests/al/devices.h"
#include "tests/al/oracle.h"

namespace af::al::acquisition {
namespace {

using testing::ElementsAre;

at::Tensor probabilities_of(const nlohmann::json& nested) {
  const auto draws = static_cast<std::int64_t>(nested.size());
  const auto rows = static_cast<std::int64_t>(nested[0].size());
  std::vector<double> flat;
  for (const auto& draw : nested) {
    for (const auto& row : draw) {
      for (const double p : row) flat.push_back(p);
    }
  }
  return at::tensor(flat, at::kDouble).view({draws, rows, -1});
}

class BaldOnEachDevice : public test::OnEachDevice {};
INSTANTIATE_TEST_SUITE_P(All, BaldOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(BaldOnEachDevice, AgreesWithBaal) {
  const nlohmann::json oracle = test::oracle("bald.json");
  ASSERT_FALSE(oracle["cases"].empty());
  for (const nlohmann::json& one : oracle["cases"]) {
    const at::Tensor log_p = probabilities_of(one["probabilities"]).log().to(at::kFloat);
    const std::vector<double> scores = bald_scores(log_p.to(at::Device(GetParam())));
    const std::vector<double> expected = one["scores"];
    ASSERT_EQ(scores.size(), expected.size());
    for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_NEAR(scores[i], expected[i], 1e-6);
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

TEST(Highest, TakesBestFirstAndTheLowerIndexOfEqualScores) {
  const std::vector<std::int64_t> rows{10, 20, 30, 40, 50};
  const std::vector<double> scores{.5, .9, .5, .1, .9};
  EXPECT_THAT(highest(rows, scores, 3),
              ElementsAre(Choice{20, .9}, Choice{50, .9}, Choice{10, .5}));
  EXPECT_EQ(highest(rows, scores, 9).size(), 5U);
}

class RowsOnly final : public Candidates {
 public:
  RowsOnly(std::vector<std::int64_t> rows, std::int64_t step)
      : rows_(std::move(rows)), step_(step) {}
  std::span<const std::int64_t> rows() const override { return rows_; }
  const at::Tensor& log_probabilities() override {
    throw std::logic_error("random looked at predictions");
  }
  std::uint64_t seed() const override { return 7; }
  std::int64_t step() const override { return step_; }

 private:
  std::vector<std::int64_t> rows_;
  std::int64_t step_;
};

TEST(Random, ScoresARowTheSameWhateverElseThereIs) {
  RowsOnly all({1, 2, 3, 4, 5, 6, 7, 8}, 1);
  RowsOnly some({2, 4, 6, 8}, 1);
  const std::vector<Choice> of_all = Random().choose(all, 8);
  for (const Choice& choice : Random().choose(some, 4)) {
    EXPECT_THAT(of_all, testing::Contains(choice));
  }
}

TEST(Random, ChoosesOtherRowsInAnotherStep) {
  std::vector<std::int64_t> rows(100);
  std::iota(rows.begin(), rows.end(), 0);
  RowsOnly first(rows, 1);
  RowsOnly second(rows, 2);
  EXPECT_NE(Random().choose(first, 10), Random().choose(second, 10));
}

TEST(HeuristicRegistry, MakesEveryHeuristicThatItNames) {
  EXPECT_THAT(heuristic_names(), ElementsAre("bald", "random"));
  for (const std::string& name : heuristic_names()) EXPECT_NE(make_heuristic(name), nullptr);
}

}  // namespace
}  // namespace af::al::acquisition

#include "al/acquisition/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "al/acquisition/balanced_oracle.h"
#include "al/acquisition/heuristic.h"
#include "al/acquisition/random.h"
#include "tests/al/acquisition/fake_candidates.h"

namespace af::al::acquisition {
namespace {

using test::FakeCandidates;
using testing::ElementsAre;

TEST(Highest, TakesBestFirstAndTheLowerIndexOfEqualScores) {
  const std::vector<std::int64_t> rows{10, 20, 30, 40, 50};
  const std::vector<double> scores{.5, .9, .5, .1, .9};
  EXPECT_THAT(highest(rows, scores, 3),
              ElementsAre(Choice{20, .9}, Choice{50, .9}, Choice{10, .5}));
  EXPECT_EQ(highest(rows, scores, 9).size(), 5U);
}

TEST(Random, ScoresARowTheSameWhateverElseThereIs) {
  FakeCandidates all({1, 2, 3, 4, 5, 6, 7, 8});
  FakeCandidates some({2, 4, 6, 8});
  const std::vector<Choice> of_all = Random().choose(all, 8);
  for (const Choice& choice : Random().choose(some, 4)) {
    EXPECT_THAT(of_all, testing::Contains(choice));
  }
}

TEST(Random, ChoosesOtherRowsInAnotherStep) {
  std::vector<std::int64_t> rows(100);
  std::iota(rows.begin(), rows.end(), 0);
  FakeCandidates first(rows);
  FakeCandidates second(rows);
  second.step_number = 2;
  EXPECT_NE(Random().choose(first, 10), Random().choose(second, 10));
}

/// Six candidates of twelve rows with every part, three classes.
FakeCandidates whole_candidates() {
  FakeCandidates candidates({1, 3, 5, 7, 9, 11});
  const auto part = [](at::IntArrayRef shape) {
    return at::log_softmax(at::arange(shape.vec()[0] * shape.vec()[1] * 3, at::kFloat)
                               .mul(2.3)
                               .sin()
                               .view({shape[0], shape[1], 3}),
                           2);
  };
  candidates.log_p = part({4, 6});
  candidates.target_log_p = part({4, 2});
  candidates.point_log_p = part({1, 6})[0];
  candidates.hidden = at::arange(30, at::kFloat).sin().view({6, 5});
  candidates.labelled_hidden = at::arange(10, at::kFloat).cos().view({2, 5});
  return candidates;
}

const std::vector<std::uint16_t> kClasses{0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2};
const std::vector<std::uint16_t> kGroups{0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

PoolTruth twelve_rows(std::span<const std::int64_t> labelled) {
  return {.classes = kClasses,
          .groups = kGroups,
          .class_count = 3,
          .group_count = 2,
          .labelled = labelled};
}

TEST(HeuristicRegistry, MakesHeuristicsThatAskForExactlyWhatTheyState) {
  const std::vector<std::int64_t> labelled{0, 2};
  for (const std::string& name : heuristic_names()) {
    FakeCandidates candidates = whole_candidates();
    const AnyHeuristic made = make_heuristic(name, {});
    std::vector<Choice> chosen;
    if (const auto* oracle = std::get_if<std::unique_ptr<Oracle>>(&made)) {
      EXPECT_TRUE(needs_of(name).truth);
      chosen = (*oracle)->choose(candidates, twelve_rows(labelled), 4);
    } else {
      EXPECT_FALSE(needs_of(name).truth);
      chosen = std::get<std::unique_ptr<Heuristic>>(made)->choose(candidates, 4);
    }
    Needs stated = needs_of(name);
    stated.consistent_masks = stated.dropout = stated.truth = false;
    EXPECT_EQ(candidates.asked, stated) << name;
    // Row numbers of the pool, not positions among the candidates; each once.
    ASSERT_EQ(chosen.size(), 4U) << name;
    std::set<std::int64_t> rows;
    for (const Choice& choice : chosen) {
      EXPECT_THAT(candidates.rows(), testing::Contains(choice.row)) << name;
      rows.insert(choice.row);
    }
    EXPECT_EQ(rows.size(), 4U) << name;
  }
}

TEST(HeuristicRegistry, SaysWhichHeuristicsCompareRowsUnderTheSameWeights) {
  std::vector<std::string> names;
  for (const std::string& name : heuristic_names()) {
    if (needs_of(name).consistent_masks) names.push_back(name);
  }
  EXPECT_THAT(names, ElementsAre("batchbald", "epig"));
}

TEST(HeuristicRegistry, SaysWhichHeuristicsNeedDropout) {
  std::vector<std::string> names;
  for (const std::string& name : heuristic_names()) {
    if (needs_of(name).dropout) names.push_back(name);
  }
  EXPECT_THAT(names, ElementsAre("balentacq", "bald", "batchbald", "epig", "powerbald",
                                 "softmaxbald", "softrankbald", "variation-ratio"));
}

TEST(GroupBalancedOracle, FillsTheSmallerGroupFirst) {
  FakeCandidates candidates({1, 3, 5, 7, 9, 11});  // Three of either group.
  const std::vector<std::int64_t> labelled{0, 2};
  const auto chosen = GroupBalancedOracle().choose(candidates, twelve_rows(labelled), 5);
  std::vector<int> groups;
  std::vector<double> scores;
  for (const Choice& choice : chosen) {
    groups.push_back(kGroups[static_cast<std::size_t>(choice.row)]);
    scores.push_back(choice.score);
  }
  EXPECT_THAT(groups, ElementsAre(1, 1, 0, 1, 0));
  EXPECT_THAT(scores, ElementsAre(0, -1, -2, -2, -3));
}

TEST(GroupBalancedOracle, GoesOnWithOtherGroupsOnceOneIsUsedUp) {
  FakeCandidates candidates({1, 3, 5, 7});
  EXPECT_EQ(GroupBalancedOracle().choose(candidates, twelve_rows({}), 9).size(), 4U);
}

TEST(CellBalancedOracle, BalancesPairsOfClassAndGroup) {
  FakeCandidates candidates({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  const auto chosen = CellBalancedOracle().choose(candidates, twelve_rows({}), 6);
  std::set<std::pair<int, int>> cells;
  for (const Choice& choice : chosen) {
    const auto row = static_cast<std::size_t>(choice.row);
    cells.insert({kClasses[row], kGroups[row]});
  }
  EXPECT_EQ(cells.size(), 6U);
}

TEST(CellBalancedOracle, ChoosesOtherRowsInAnotherStep) {
  std::vector<std::int64_t> rows(12);
  std::iota(rows.begin(), rows.end(), 0);
  std::set<std::vector<std::int64_t>> seen;
  for (std::int64_t step = 1; step <= 8; ++step) {
    FakeCandidates candidates(rows);
    candidates.step_number = step;
    seen.insert(test::rows_of(CellBalancedOracle().choose(candidates, twelve_rows({}), 6)));
  }
  EXPECT_GT(seen.size(), 1U);
}

}  // namespace
}  // namespace af::al::acquisition

#include "al/experiment/experiment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "al/acquisition/registry.h"
#include "al/inference/pool_candidates.h"
#include "tests/al/experiment/small_experiment.h"
#include "tests/al/run_bytes.h"

namespace af::al {
namespace {

std::vector<std::vector<std::string>> csv_rows(const std::filesystem::path& path) {
  std::istringstream text(test::file_bytes(path));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(text, line);) {
    std::istringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

class ExperimentOnEachDevice : public test::SmallExperiment {};
INSTANTIATE_TEST_SUITE_P(All, ExperimentOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(ExperimentOnEachDevice, LabelsTheBudgetStepByStepAndNoRowTwice) {
  const auto rows = csv_rows(run("run") / "bald/seed-1/labelled.csv");
  ASSERT_EQ(rows.size(), 81U);
  std::map<std::string, int> steps;
  std::set<std::string> distinct;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    ++steps[rows[i][0]];
    distinct.insert(rows[i][1]);
    EXPECT_EQ(rows[i][2].empty(), rows[i][0] == "0") << "score of line " << i;
  }
  EXPECT_EQ(distinct.size(), 80U);
  EXPECT_EQ(steps, (std::map<std::string, int>{{"0", 40}, {"1", 15}, {"2", 15}, {"3", 10}}));
}

TEST_P(ExperimentOnEachDevice, ClocksTheNetworkApartFromTheHeuristic) {
  config_.heuristics = {"random", "entropy"};
  config_.seeds = 1;
  const auto rows = csv_rows(run("run") / "metrics.csv");
  const std::size_t columns = rows[0].size();
  EXPECT_EQ((std::vector(rows[0].end() - 4, rows[0].end())),
            (std::vector<std::string>{"train_seconds", "score_seconds", "choose_seconds",
                                      "test_seconds"}));
  double predicting_for_random = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i][1] == "random") predicting_for_random += std::stod(rows[i][columns - 3]);
  }
  EXPECT_EQ(predicting_for_random, 0);  // It asks for none; choosing has its own clock.
  EXPECT_GT(outcome_.seconds.score, 0);
}

TEST_P(ExperimentOnEachDevice, SharesInitialSetAndInitialWeightsBetweenHeuristics) {
  const std::filesystem::path folder = run("run");
  const auto bald = csv_rows(folder / "bald/seed-0/labelled.csv");
  const auto random = csv_rows(folder / "random/seed-0/labelled.csv");
  const auto other_seed = csv_rows(folder / "random/seed-1/labelled.csv");
  const auto initial = [](const auto& rows) {
    return std::vector(rows.begin() + 1, rows.begin() + 41);
  };
  EXPECT_EQ(initial(bald), initial(random));
  EXPECT_NE(initial(random), initial(other_seed));
  // Equal weights, batches and masks on equal rows give equal tests, to the last digit.
  const auto metrics_bald = csv_rows(folder / "bald/seed-0/metrics.csv");
  const auto metrics_random = csv_rows(folder / "random/seed-0/metrics.csv");
  for (std::size_t i = 4; i < metrics_bald[1].size() - 4; ++i) {
    EXPECT_EQ(metrics_bald[1][i], metrics_random[1][i]) << metrics_bald[0][i];
  }
}

TEST_P(ExperimentOnEachDevice, DoesTheFirstStepOfASeedOnceAndEndsAsHeuristicsAlone) {
  config_.heuristics = {"bald", "random", "margin"};
  const std::filesystem::path folder = run("run");
  const auto together = test::run_bytes(folder);
  const auto rows = csv_rows(folder / "metrics.csv");
  const std::size_t train = rows[0].size() - 4;
  for (const auto& row : std::vector(rows.begin() + 1, rows.end())) {
    EXPECT_EQ(row[train] == "0.000", row[3] == "0" && row[1] != "bald") << row[1] << row[3];
  }
  for (const char* heuristic : {"bald", "random", "margin"}) {
    config_.heuristics = {heuristic};
    for (const auto& [file, bytes] : test::run_bytes(run(heuristic))) {
      if (!file.starts_with(heuristic)) continue;
      EXPECT_EQ(bytes, together.at(file)) << file;
    }
  }
}

TEST_P(ExperimentOnEachDevice, WritesTheSameBytesForAnyNumberOfJobs) {
  EXPECT_EQ(test::run_bytes(run("one", 1)), test::run_bytes(run("four", 4)));
}

TEST_P(ExperimentOnEachDevice, OrdersMetricsByHeuristicSeedAndStep) {
  const auto rows = csv_rows(run("run", 3) / "metrics.csv");
  ASSERT_EQ(rows.size(), 1U + 2 * 2 * 4);
  std::size_t line = 1;
  for (const char* heuristic : {"bald", "random"}) {
    for (int seed = 0; seed < 2; ++seed) {
      for (int step = 0; step < 4; ++step, ++line) {
        EXPECT_EQ(rows[line][1], heuristic);
        EXPECT_EQ(rows[line][2], std::to_string(seed));
        EXPECT_EQ(rows[line][3], std::to_string(step));
        EXPECT_EQ(rows[line][4], std::to_string(std::min(80, 40 + 15 * step)));
      }
    }
  }
}

TEST_P(ExperimentOnEachDevice, LabelsTheBudgetByEveryHeuristicOutOfAFewCandidates) {
  config_.heuristics = acquisition::heuristic_names();
  config_.consistent_masks = true;
  config_.seeds = 1;
  config_.pool_size = 20;
  const std::filesystem::path folder = run("run");
  for (const std::string& name : config_.heuristics) {
    const auto rows = csv_rows(folder / name / "seed-0/labelled.csv");
    ASSERT_EQ(rows.size(), 81U) << name;
    std::set<std::string> distinct;
    for (std::size_t i = 1; i < rows.size(); ++i) distinct.insert(rows[i][1]);
    EXPECT_EQ(distinct.size(), 80U) << name;
  }
}

/// The labelled rows of a run of one seed, each heuristic's.
std::set<std::uint64_t> labelled_rows(const std::filesystem::path& folder,
                                      const std::string& heuristic) {
  std::set<std::uint64_t> labelled;
  const auto rows = csv_rows(folder / heuristic / "seed-0/labelled.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) labelled.insert(std::stoull(rows[i][1]));
  return labelled;
}

TEST_P(ExperimentOnEachDevice, ReadsNoLabelOfARowThatWasNeverLabelledUnlessForAnOracle) {
  config_.seeds = 1;
  config_.consistent_masks = true;
  bool an_oracle_differs = false;
  for (const std::string& name : acquisition::heuristic_names()) {
    config_.heuristics = {name};
    test::write_synthetic(folder_ / "train.h5", {.rows = 120, .seed = 1});
    const std::filesystem::path honest = run("honest-" + name);
    const std::set<std::uint64_t> labelled = labelled_rows(honest, name);
    test::write_synthetic(folder_ / "train.h5",
                          {.rows = 120, .seed = 1, .relabel = [&](auto row, auto& c, auto& color) {
                             if (labelled.contains(row)) return;
                             c = static_cast<std::uint16_t>(1 - c);
                             color = 0;
                           }});
    const std::filesystem::path poisoned = run("poisoned-" + name);
    const auto bytes = [&](const std::filesystem::path& folder) {
      return test::file_bytes(folder / name / "seed-0/labelled.csv") +
             test::file_bytes(folder / name / "seed-0/predictions.csv") +
             test::without_seconds(test::file_bytes(folder / "metrics.csv"));
    };
    const bool differs = bytes(honest) != bytes(poisoned);
    if (acquisition::needs_of(name).truth) {
      an_oracle_differs |= differs;
    } else {
      EXPECT_FALSE(differs) << name;
    }
  }
  EXPECT_TRUE(an_oracle_differs);  // The poison is one that shows.
}

TEST_P(ExperimentOnEachDevice, BalancesCellsByTheOracle) {
  config_.seeds = 1;
  config_.heuristics = {"oracle-cell", "random"};
  const std::filesystem::path folder = run("run");
  const auto smallest_cell = [&](const std::string& heuristic) {
    std::map<std::string, int> cells;
    const auto rows = csv_rows(folder / heuristic / "seed-0/labelled.csv");
    for (std::size_t i = 1; i < rows.size(); ++i) ++cells[rows[i][3] + "," + rows[i][4]];
    return std::ranges::min_element(cells, {}, [](const auto& cell) { return cell.second; })
        ->second;
  };
  EXPECT_GT(smallest_cell("oracle-cell"), smallest_cell("random"));
}

TEST(CandidateRows, AreRowsOfThePoolWithoutALabelAndOthersInAnotherStep) {
  const std::vector<std::int64_t> labelled{0, 2, 4, 6, 8};
  EXPECT_EQ(candidate_rows(labelled, 10, std::nullopt, {1, 1}),
            (std::vector<std::int64_t>{1, 3, 5, 7, 9}));
  EXPECT_EQ(candidate_rows(labelled, 10, 5, {1, 1}), (std::vector<std::int64_t>{1, 3, 5, 7, 9}));
  const auto some = candidate_rows(labelled, 1000, 50, {1, 1});
  EXPECT_EQ(some.size(), 50U);
  EXPECT_TRUE(std::ranges::is_sorted(some));
  EXPECT_EQ(std::set<std::int64_t>(some.begin(), some.end()).size(), 50U);
  EXPECT_GT(some.back(), 900);
  for (const std::int64_t row : labelled) EXPECT_FALSE(std::ranges::binary_search(some, row));
  EXPECT_NE(candidate_rows(labelled, 1000, 50, {1, 2}), some);
  EXPECT_NE(candidate_rows(labelled, 1000, 50, {2, 1}), some);
  EXPECT_EQ(candidate_rows(labelled, 1000, 50, {1, 1}), some);
}

TEST_P(ExperimentOnEachDevice, KeepsWhatTheTrainingsCameTo) {
  config_.heuristics = {"random"};
  config_.seeds = 1;
  const auto plain = csv_rows(run("plain") / "random/seed-0/training.csv");
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(plain, (Rows{{"step", "batch_size", "rows_per_epoch"},
                         {"0", "32", "40"},
                         {"1", "32", "55"},
                         {"2", "32", "70"},
                         {"3", "32", "80"}}));
  config_.method = "jtt";
  config_.training.jtt_upweight = 5;
  const auto twice = csv_rows(run("jtt") / "random/seed-0/training.csv");
  // Rows that the first network got wrong are there four more times.
  EXPECT_GT(std::stoi(twice[1][2]), 40);
  EXPECT_EQ((std::stoi(twice[1][2]) - 40) % 4, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "jtt/random/seed-0/kept.csv"));
}

TEST_P(ExperimentOnEachDevice, KeepsWhichRowsRepairTrainedOn) {
  config_.heuristics = {"random"};
  config_.seeds = 1;
  config_.method = "repair";
  const std::filesystem::path folder = run("repair") / "random/seed-0";
  const auto labelled = csv_rows(folder / "labelled.csv");
  const auto training = csv_rows(folder / "training.csv");
  std::map<std::string, int> first_step;  // By row.
  for (std::size_t i = 1; i < labelled.size(); ++i) {
    first_step[labelled[i][1]] = std::stoi(labelled[i][0]);
  }
  const auto kept = csv_rows(folder / "kept.csv");
  EXPECT_EQ(kept[0], (std::vector<std::string>{"step", "row", "char", "color"}));
  std::set<std::pair<int, std::string>> distinct;
  std::map<int, int> of_step;
  for (std::size_t i = 1; i < kept.size(); ++i) {
    const int step = std::stoi(kept[i][0]);
    ASSERT_TRUE(first_step.contains(kept[i][1])) << kept[i][1];
    EXPECT_LE(first_step[kept[i][1]], step) << "a row that was not labelled yet";
    EXPECT_TRUE(distinct.emplace(step, kept[i][1]).second);
    ++of_step[step];
  }
  ASSERT_EQ(of_step.size(), 4U);
  for (const auto& [step, count] : of_step) {
    EXPECT_EQ(std::to_string(count), training[static_cast<std::size_t>(step) + 1][2]);
  }
  EXPECT_LT(of_step[0], 40);
}

TEST_P(ExperimentOnEachDevice, WithoutDropoutDependsOnNoDraws) {
  config_.dropout = DropoutKind::kNone;
  config_.heuristics = {"entropy", "badge"};
  const auto without_config = [](std::map<std::string, std::string> bytes) {
    bytes.erase("config.toml");
    return bytes;
  };
  const auto few = without_config(test::run_bytes(run("few")));
  config_.draws = 9;
  EXPECT_EQ(without_config(test::run_bytes(run("many"))), few);
  config_.dropout = DropoutKind::kModel;
  EXPECT_NE(without_config(test::run_bytes(run("dropout"))), few);
}

TEST_P(ExperimentOnEachDevice, PredictsEveryTestRowWithProbabilitiesThatSumToOne) {
  const auto rows = csv_rows(run("run") / "random/seed-0/predictions.csv");
  EXPECT_EQ(rows[0], (std::vector<std::string>{"row", "label", "prediction", "color",
                                               "probability_bar", "probability_cross"}));
  ASSERT_EQ(rows.size(), 61U);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double bar = std::stod(rows[i][4]);
    const double cross = std::stod(rows[i][5]);
    EXPECT_NEAR(bar + cross, 1, 1e-6);
    EXPECT_EQ(rows[i][2], bar >= cross ? "bar" : "cross");
  }
}

}  // namespace
}  // namespace af::al

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <sstream>

#include "core/errors.h"
#include "tests/al/experiment/small_experiment.h"
#include "tests/al/run_bytes.h"
#include "tests/support/refusal.h"

/// Runs that go on: the same bytes at the end as of one that was never stopped.
namespace af::al {
namespace {

class ResumeOnEachDevice : public test::SmallExperiment {};
INSTANTIATE_TEST_SUITE_P(All, ResumeOnEachDevice, testing::ValuesIn(test::devices()),
                         test::device_label);

TEST_P(ResumeOnEachDevice, TakesMoreSeedsLaterForTheSameBytesAndRefusesFewer) {
  config_.seeds = 1;
  run("grown");
  config_.seeds = 2;
  EXPECT_EQ(test::run_bytes(run("grown")), test::run_bytes(run("at once")));
  EXPECT_FALSE(outcome_.was_finished);
  config_.seeds = 1;
  EXPECT_THROW(run("grown"), OutputError);
}

TEST_P(ResumeOnEachDevice, DoesNothingOnceFinished) {
  const std::filesystem::path folder = run("run");
  EXPECT_FALSE(outcome_.was_finished);
  const std::string before = test::file_bytes(folder / "metrics.csv");
  const double accuracy = outcome_.summary.heuristics.front().statistic("accuracy").mean.value();
  run("run");
  EXPECT_TRUE(outcome_.was_finished);
  EXPECT_EQ(outcome_.summary.heuristics.front().statistic("accuracy").mean, accuracy);
  EXPECT_EQ(test::file_bytes(folder / "metrics.csv"), before);
}

TEST_P(ResumeOnEachDevice, GoesOnFromAnyStepToTheSameBytes) {
  config_.heuristics = {"bald"};
  config_.seeds = 1;
  config_.method = "repair";  // It keeps a file more.
  const std::filesystem::path folder = run("run");
  const auto expected = test::run_bytes(folder);
  const std::filesystem::path metrics = folder / "bald/seed-0/metrics.csv";
  const std::string all = test::file_bytes(metrics);
  // What a kill just before metrics.csv was written leaves: rows chosen by steps not on record.
  for (std::size_t end = all.find('\n') + 1; end < all.size(); end = all.find('\n', end) + 1) {
    test::write_bytes(metrics, all.substr(0, end));
    std::filesystem::remove(folder / "metrics.csv");
    std::filesystem::remove(folder / "bald/seed-0/predictions.csv");
    run("run");
    EXPECT_EQ(test::run_bytes(folder), expected) << "after " << all.substr(0, end);
  }
}

TEST_P(ResumeOnEachDevice, GoesOnWhereValuesHoldCommasQuotesAndLineBreaks) {
  for (const char* name : {"train.h5", "test.h5"}) {
    test::write_synthetic(folder_ / name,
                          {.rows = 120, .chars = {"a, b", "c"}, .colors = {"\"x\"", "y\nz"}});
  }
  config_.heuristics = {"bald"};
  config_.seeds = 1;
  const std::filesystem::path folder = run("run");
  const auto expected = test::run_bytes(folder);
  run("run");
  EXPECT_TRUE(outcome_.was_finished);
  const std::filesystem::path metrics = folder / "bald/seed-0/metrics.csv";
  std::string all = test::file_bytes(metrics);
  all.resize(all.rfind('\n', all.size() - 2) + 1);  // The last step is to be done again.
  test::write_bytes(metrics, all);
  run("run");
  EXPECT_EQ(test::run_bytes(folder), expected);
}

TEST_P(ResumeOnEachDevice, MakesLostPredictionsAgain) {
  const std::filesystem::path folder = run("run");
  const auto expected = test::run_bytes(folder);
  std::filesystem::remove(folder / "random/seed-1/predictions.csv");
  run("run");
  EXPECT_FALSE(outcome_.was_finished);
  EXPECT_EQ(test::run_bytes(folder), expected);
}

TEST_P(ResumeOnEachDevice, RefusesStepsWithoutTheirRowsAndMoreStepsThanThereAre) {
  config_.heuristics = {"random"};
  config_.seeds = 1;
  const std::filesystem::path folder = run("run") / "random/seed-0";
  const std::string metrics = test::file_bytes(folder / "metrics.csv");
  const std::size_t last = metrics.rfind('\n', metrics.size() - 2) + 1;
  std::string more = metrics.substr(last);
  more.replace(more.find(",0,3,"), 5, ",0,4,");
  test::write_bytes(folder / "metrics.csv", metrics + more);
  const auto complaint = [&] { return test::refusal<InputError>([&] { return run("run"); }); };
  EXPECT_THAT(complaint(), testing::HasSubstr("metrics.csv is damaged: 5 steps, expected up to 4"));
  test::write_bytes(folder / "metrics.csv", metrics);
  std::filesystem::remove(folder / "labelled.csv");
  EXPECT_THAT(complaint(), testing::HasSubstr("cannot read"));
  EXPECT_EQ(test::file_bytes(folder / "metrics.csv"), metrics);
}

TEST_P(ResumeOnEachDevice, RefusesLabelledRowsThatTheStepsDoNotMake) {
  config_.heuristics = {"random"};
  config_.seeds = 1;
  const std::filesystem::path file = run("run") / "random/seed-0/labelled.csv";
  std::vector<std::string> lines;
  std::istringstream text(test::file_bytes(file));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  const auto complaint = [&](const std::function<void(std::vector<std::string>&)>& damage) {
    std::vector<std::string> damaged = lines;
    damage(damaged);
    std::string bytes;
    for (const std::string& line : damaged) bytes += line + "\n";
    test::write_bytes(file, bytes);
    return test::refusal<InputError>([&] { return run("run"); });
  };
  using testing::HasSubstr;
  EXPECT_THAT(complaint([](auto& all) { all.pop_back(); }),
              HasSubstr("labelled.csv is damaged: 79 rows up to step 4, expected 80"));
  EXPECT_THAT(complaint([](auto& all) { std::swap(all[3], all[4]); }),
              HasSubstr("does not begin with the initial set of seed 0"));
  EXPECT_THAT(complaint([](auto& all) { all[80] = all[79]; }), HasSubstr("is there twice"));
  EXPECT_THAT(complaint([](auto& all) { std::swap(all[50], all[60]); }),
              HasSubstr("is out of the order of the steps"));
  EXPECT_EQ(complaint([](auto&) {}), "not refused");
}

}  // namespace
}  // namespace af::al

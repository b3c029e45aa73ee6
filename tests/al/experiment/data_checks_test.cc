#include "al/experiment/data_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "tests/support/refusal.h"

namespace af::al {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// 60 rows of two classes in two groups; of class 'd' only the last two.
ImageTable table_of(const std::string& path) {
  ImageTable table;
  table.path = path;
  table.rows = 60;
  table.target = {"char", {"a", "d"}, std::vector<std::uint16_t>(60)};
  table.group = {"color", {"blue", "red"}, std::vector<std::uint16_t>(60)};
  for (std::size_t row = 0; row < 60; ++row) table.group.codes[row] = row % 2;
  table.target.codes[58] = table.target.codes[59] = 1;
  return table;
}

class DataChecks : public testing::Test {
 protected:
  template <class E>
  void expect_refused(const std::string& words) {
    EXPECT_THAT(test::refusal<E>([&] { check_data(config_, train_); }), HasSubstr(words));
  }

  ExperimentConfig config_{.seeds = 1, .initial = 58, .query = 2, .budget = 60};
  ImageTable train_ = table_of("train.h5");
  ImageTable test_ = table_of("test.h5");
};

TEST_F(DataChecks, AcceptAQueryOfAllThatIsLeft) {
  EXPECT_NO_THROW(check_data(config_, train_));
  config_.query = 100;
  config_.budget = 58;  // No query at all.
  EXPECT_NO_THROW(check_data(config_, train_));
}

TEST_F(DataChecks, RefuseAPoolSmallerThanTheQuery) {
  config_.query = 3;
  expect_refused<ConfigError>("query is 3, expected at most 2, the rows of train.h5 without");
}

TEST_F(DataChecks, RefuseAColumnWhoseRowsAllHaveOneValue) {
  train_.group.codes.assign(60, 1);
  expect_refused<InputError>("train.h5: every row of column 'color' is 'red'");
  train_ = table_of("train.h5");
  train_.target.codes.assign(60, 0);
  expect_refused<InputError>("train.h5: every row of column 'char' is 'a'");
}

TEST_F(DataChecks, SayWhatTheTestFileLacks) {
  config_.initial = 60;
  EXPECT_THAT(data_notes(config_, train_, test_), ElementsAre());
  test_.group.codes.assign(60, 0);
  EXPECT_THAT(data_notes(config_, train_, test_),
              ElementsAre(HasSubstr("test.h5 has no row whose color is 'red'")));
  test_.target.codes.assign(60, 0);
  EXPECT_THAT(
      data_notes(config_, train_, test_),
      ElementsAre(HasSubstr("test.h5 has no row whose char is 'd'"), HasSubstr("color is 'red'")));
}

TEST_F(DataChecks, SayWhichSeedsBeginWithoutAClass) {
  config_.seeds = 40;
  config_.initial = 30;
  // Both rows of 'd' are left out with probability 30/60 * 29/59, about a quarter.
  const auto notes = data_notes(config_, train_, test_);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes.front(), HasSubstr("no row whose char is 'd' with seed "));
  config_.initial = 60;
  EXPECT_THAT(data_notes(config_, train_, test_), ElementsAre());
}

}  // namespace
}  // namespace af::al

#include "synth/bias.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>

#include "core/errors.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::vector<double>> kCharGivenColor{
    {0.7, 0.2, 0.1}, {0.1, 0.1, 0.8}, {0.25, 0.5, 0.25}};

JointTable three_by_three() {
  return {{{"color", {"blue", "red", "lime"}, {}, {{0.5, 0.3, 0.2}}},
           {"char", {"a", "d", "g"}, {0}, kCharGivenColor}}};
}

std::string refusal(const JointTable& table) {
  return test::refusal<ConfigError>([&] { table.validate(); });
}

using Counts = std::vector<std::uint64_t>;

template <class Cells>
Counts count(const JointTable& table, const Cells& cells, std::uint64_t rows) {
  Counts counts(table.cells(), 0);
  for (std::uint64_t i = 0; i < rows; ++i) ++counts.at(table.cell_of(cells(i)));
  return counts;
}

TEST(TiedPairs, TwoAreTheReferenceExperiment) {
  const JointTable table = tied_pairs({"a", "d"}, {"blue", "red"}, 0.9);
  const auto& char_given_color = table.factors.at(1).shares;
  EXPECT_THAT(table.factors.at(0).shares.at(0), ElementsAre(0.5, 0.5));
  EXPECT_NEAR(char_given_color[0][0], 0.9, 1e-15);  // P(a | blue)
  EXPECT_NEAR(char_given_color[0][1], 0.1, 1e-15);
  EXPECT_NEAR(char_given_color[1][1], 0.9, 1e-15);  // P(d | red)
  table.validate();
}

TEST(TiedPairs, MoreColorsThanCharactersGoRound) {
  const JointTable table = tied_pairs({"a", "d"}, {"blue", "red", "lime"}, 0.8);
  EXPECT_NEAR(table.factors.at(1).shares[2][0], 0.8, 1e-15);
  table.validate();
}

TEST(TiedPairs, TheRestIsSharedByTheOtherCharacters) {
  const JointTable table = tied_pairs({"a", "d", "g"}, {"blue"}, 0.8);
  EXPECT_NEAR(table.factors.at(1).shares[0][1], 0.1, 1e-15);
  EXPECT_NEAR(table.factors.at(1).shares[0][2], 0.1, 1e-15);
}

TEST(TiedPairs, ASingleCharacterIsCertain) {
  EXPECT_THAT(tied_pairs({"a"}, {"blue"}, 0.3).factors.at(1).shares[0], ElementsAre(1.0));
}

TEST(RareColor, IsRareForEveryCharacter) {
  const JointTable table = rare_color({"a", "d"}, {"blue", "lime", "red"}, 0.9);
  table.validate();
  const std::vector<double> joint = table.joint();  // blue a, blue d, lime a, ...
  ASSERT_EQ(joint.size(), 6U);
  for (const std::size_t cell : {0U, 1U, 2U, 3U}) EXPECT_NEAR(joint[cell], 0.225, 1e-15);
  for (const std::size_t cell : {4U, 5U}) EXPECT_NEAR(joint[cell], 0.05, 1e-15);
  rare_color({"a"}, {"blue"}, 0.9).validate();
}

TEST(JointTable, NamesTheRowThatIsNoDistribution) {
  JointTable table = three_by_three();
  auto& rows = table.factors[1].shares;
  rows[1] = {0.1, 0.1, 0.7};
  EXPECT_THAT(refusal(table), HasSubstr("P(char | red) sums to 0.9; expected 1"));
  rows = kCharGivenColor;
  rows[2] = {1.5, -0.5, 0.0};
  EXPECT_THAT(refusal(table), HasSubstr("P(char | lime) holds 1.5"));
  rows = kCharGivenColor;
  rows[0] = {0.5, 0.5};
  EXPECT_THAT(refusal(table), HasSubstr("P(char | blue) has 2 entries; expected 3"));
  rows = kCharGivenColor;
  table.factors[0].shares[0] = {0.5, 0.3, 0.3};
  EXPECT_THAT(refusal(table), HasSubstr("P(color) sums to 1.1"));
}

TEST(JointTable, CellsAndLevelsAreInverse) {
  const JointTable table{{{"a", {"1", "2"}, {}, {{0.5, 0.5}}},
                          {"b", {"1", "2", "3"}, {}, {{0.2, 0.3, 0.5}}},
                          {"c", {"1", "2"}, {0, 1}, std::vector<std::vector<double>>(6, {0, 1})}}};
  table.validate();
  ASSERT_EQ(table.cells(), 12U);
  for (std::size_t cell = 0; cell < 12; ++cell) {
    EXPECT_EQ(table.cell_of(table.levels_of(cell)), cell);
  }
  EXPECT_EQ(table.row_name(2, 5), "P(c | 2, 3)");
  const std::vector<double> joint = table.joint();
  EXPECT_NEAR(std::accumulate(joint.begin(), joint.end(), 0.0), 1.0, 1e-15);
}

TEST(LargestRemainder, AddsUpAndIsNearest) {
  EXPECT_THAT(largest_remainder({0.45, 0.05, 0.05, 0.45}, 10000),
              ElementsAre(4500, 500, 500, 4500));
  EXPECT_THAT(largest_remainder({0.45, 0.05, 0.05, 0.45}, 11), ElementsAre(5, 1, 0, 5));
  EXPECT_THAT(largest_remainder({1.0 / 3, 1.0 / 3, 1.0 / 3}, 10), ElementsAre(4, 3, 3));
  EXPECT_THAT(largest_remainder({0.0, 1.0}, 7), ElementsAre(0, 7));
}

TEST(LargestRemainder, DoesNotLoseARowToRounding) {
  // 0.29 * 100 is a little less than 29 in floating point.
  EXPECT_THAT(largest_remainder({0.29, 0.71}, 100), ElementsAre(29, 71));
}

TEST(QuotaCells, RealiseTheTableExactly) {
  const JointTable table = three_by_three();
  for (const std::uint64_t rows : {1U, 7U, 100U, 4999U}) {
    const Counts counts = count(table, QuotaCells(table, 11, rows), rows);
    EXPECT_EQ(counts, largest_remainder(table.joint(), rows)) << rows << " rows";
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}), rows);
  }
  EXPECT_EQ(count(table, QuotaCells(table, 11, 1000), 1000),
            (Counts{350, 100, 50, 30, 30, 240, 50, 100, 50}));
}

TEST(QuotaCells, DealInAnotherOrderForAnotherSeed) {
  const JointTable table = tied_pairs({"a", "d"}, {"blue", "red"}, 0.5);
  const QuotaCells one(table, 1, 400);
  const QuotaCells two(table, 2, 400);
  int equal = 0;
  for (std::uint64_t i = 0; i < 400; ++i) equal += one(i) == two(i);
  EXPECT_LT(equal, 150);  // 100 are expected.
}

/// Each cell's count is binomial: (count - n q)^2 / (n q (1 - q)) is chi-square with one degree.
void expect_within_chi_square_bound(const JointTable& table) {
  constexpr std::uint64_t kRows = 2000;
  constexpr int kSeeds = 20;
  const std::vector<double> joint = table.joint();
  const double tests = static_cast<double>(joint.size()) * kSeeds;
  const double alpha = 1.0 - std::pow(1.0 - 1e-3, 1.0 / tests);  // Sidak.
  const double bound =
      boost::math::quantile(boost::math::complement(boost::math::chi_squared(1.0), alpha));
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(table, IndependentCells(table, seed), kRows);
    for (std::size_t cell = 0; cell < joint.size(); ++cell) {
      const double expected = kRows * joint[cell];
      ASSERT_GE(expected, 5.0);
      const double off = static_cast<double>(counts[cell]) - expected;
      EXPECT_LT(off * off / (expected * (1.0 - joint[cell])), bound)
          << "seed " << seed << ", cell " << cell;
    }
  }
}

TEST(IndependentCells, KeepTheChiSquareBoundInEveryCell) {
  expect_within_chi_square_bound(tied_pairs({"a", "d"}, {"blue", "red"}, 0.9));
  expect_within_chi_square_bound(three_by_three());
}

TEST(IndependentCells, NeverDrawWhatHasNoShare) {
  const JointTable table = tied_pairs({"a", "d"}, {"blue", "red"}, 1.0);
  const Counts counts = count(table, IndependentCells(table, 5), 5000);
  EXPECT_EQ(counts[1], 0U);
  EXPECT_EQ(counts[2], 0U);
}

}  // namespace
}  // namespace af::synth

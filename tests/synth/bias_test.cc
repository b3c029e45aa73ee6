#include "synth/bias.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>

#include "core/errors.h"

namespace af::synth {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

BiasTable three_by_three() {
  return {{"a", "d", "g"},
          {"blue", "red", "lime"},
          {0.5, 0.3, 0.2},
          {{0.7, 0.2, 0.1}, {0.1, 0.1, 0.8}, {0.25, 0.5, 0.25}}};
}

std::string complaint(const BiasTable& table) {
  try {
    table.validate();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

using Counts = std::vector<std::vector<std::uint64_t>>;

template <class Cells>
Counts count(const BiasTable& table, const Cells& cells, std::uint64_t rows) {
  Counts counts(table.colors.size(), std::vector<std::uint64_t>(table.chars.size(), 0));
  for (std::uint64_t i = 0; i < rows; ++i) {
    const Cell cell = cells(i);
    ++counts.at(cell.color).at(cell.character);
  }
  return counts;
}

TEST(BiasTable, TwoPairsAreTheReferenceExperiment) {
  const BiasTable table = tied_pairs({"a", "d"}, {"blue", "red"}, 0.9);
  EXPECT_THAT(table.color_share, ElementsAre(0.5, 0.5));
  EXPECT_NEAR(table.char_share[0][0], 0.9, 1e-15);  // P(a | blue)
  EXPECT_NEAR(table.char_share[0][1], 0.1, 1e-15);
  EXPECT_NEAR(table.char_share[1][1], 0.9, 1e-15);  // P(d | red)
  table.validate();
}

TEST(BiasTable, MoreColorsThanCharactersGoRound) {
  const BiasTable table = tied_pairs({"a", "d"}, {"blue", "red", "lime"}, 0.8);
  EXPECT_NEAR(table.char_share[2][0], 0.8, 1e-15);
  table.validate();
}

TEST(BiasTable, TheRestIsSharedByTheOtherCharacters) {
  const BiasTable table = tied_pairs({"a", "d", "g"}, {"blue"}, 0.8);
  EXPECT_NEAR(table.char_share[0][1], 0.1, 1e-15);
  EXPECT_NEAR(table.char_share[0][2], 0.1, 1e-15);
}

TEST(BiasTable, ASingleCharacterIsCertain) {
  EXPECT_THAT(tied_pairs({"a"}, {"blue"}, 0.3).char_share[0], ElementsAre(1.0));
}

TEST(BiasTable, NamesTheRowThatIsNoDistribution) {
  BiasTable table = three_by_three();
  table.char_share[1] = {0.1, 0.1, 0.7};
  EXPECT_THAT(complaint(table), HasSubstr("row P(char | red) sums to 0.9;"));
  table = three_by_three();
  table.char_share[2] = {1.5, -0.5, 0.0};
  EXPECT_THAT(complaint(table), HasSubstr("row P(char | lime) holds 1.5"));
  table = three_by_three();
  table.char_share[0] = {0.5, 0.5};
  EXPECT_THAT(complaint(table), HasSubstr("row P(char | blue) has 2 entries; expected 3"));
  table = three_by_three();
  table.color_share = {0.5, 0.3, 0.3};
  EXPECT_THAT(complaint(table), HasSubstr("P(color) sums to 1.1"));
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
  const BiasTable table = three_by_three();
  for (const std::uint64_t rows : {1U, 7U, 100U, 4999U}) {
    const Counts counts = count(table, QuotaCells(table, 11, rows), rows);
    EXPECT_EQ(counts, quotas(table, rows)) << rows << " rows";
    std::uint64_t sum = 0;
    for (const auto& row : counts) sum += std::accumulate(row.begin(), row.end(), std::uint64_t{0});
    EXPECT_EQ(sum, rows);
  }
  EXPECT_EQ(quotas(table, 1000), (Counts{{350, 100, 50}, {30, 30, 240}, {50, 100, 50}}));
}

TEST(QuotaCells, DealInAnotherOrderForAnotherSeed) {
  const BiasTable table = tied_pairs({"a", "d"}, {"blue", "red"}, 0.5);
  const QuotaCells one(table, 1, 400);
  const QuotaCells two(table, 2, 400);
  int equal = 0;
  for (std::uint64_t i = 0; i < 400; ++i) equal += one(i) == two(i);
  EXPECT_LT(equal, 150);  // 100 are expected.
}

/// Each cell's count is binomial: (count - n q)^2 / (n q (1 - q)) is chi-square with one degree.
void expect_within_chi_square_bound(const BiasTable& table) {
  constexpr std::uint64_t kRows = 2000;
  constexpr int kSeeds = 20;
  const double cells = static_cast<double>(table.colors.size() * table.chars.size());
  const double alpha = 1.0 - std::pow(1.0 - 1e-3, 1.0 / (cells * kSeeds));  // Sidak.
  const double bound =
      boost::math::quantile(boost::math::complement(boost::math::chi_squared(1.0), alpha));
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(table, IndependentCells(table, seed), kRows);
    for (std::size_t j = 0; j < table.colors.size(); ++j) {
      for (std::size_t k = 0; k < table.chars.size(); ++k) {
        const double q = table.color_share[j] * table.char_share[j][k];
        const double expected = kRows * q;
        ASSERT_GE(expected, 5.0);
        const double off = static_cast<double>(counts[j][k]) - expected;
        EXPECT_LT(off * off / (expected * (1.0 - q)), bound)
            << "seed " << seed << ", " << table.colors[j] << ", " << table.chars[k];
      }
    }
  }
}

TEST(IndependentCells, KeepTheChiSquareBoundInEveryCell) {
  expect_within_chi_square_bound(tied_pairs({"a", "d"}, {"blue", "red"}, 0.9));
  expect_within_chi_square_bound(three_by_three());
}

TEST(IndependentCells, NeverDrawWhatHasNoShare) {
  const BiasTable table = tied_pairs({"a", "d"}, {"blue", "red"}, 1.0);
  const Counts counts = count(table, IndependentCells(table, 5), 5000);
  EXPECT_EQ(counts[0][1], 0U);
  EXPECT_EQ(counts[1][0], 0U);
}

}  // namespace
}  // namespace af::synth

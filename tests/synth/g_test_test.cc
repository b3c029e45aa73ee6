#include "synth/g_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

namespace af::synth {
namespace {

nlohmann::json oracle() {
  std::ifstream file(AF_SOURCE_DIR "/tests/oracle/g_test.json");
  return nlohmann::json::parse(file);
}

TEST(GTest, IsWhatScipySays) {
  const nlohmann::json expected = oracle();
  for (const auto& c : expected.at("cases")) {
    const GTest test = g_test(
        c.at("counts").get<std::vector<std::uint64_t>>(), c.at("shares").get<std::vector<double>>(),
        expected.at("alpha").get<double>(), expected.at("effect").get<double>());
    EXPECT_NEAR(test.statistic, c.at("g").get<double>(), 1e-9);
    EXPECT_EQ(test.degrees, c.at("degrees").get<std::size_t>());
    EXPECT_NEAR(test.p_value, c.at("p_value").get<double>(), 1e-10);
    EXPECT_NEAR(test.power, c.at("power").get<double>(), 1e-8);
  }
}

GTest tested(const std::vector<std::uint64_t>& counts, const std::vector<double>& shares) {
  return g_test(counts, shares, 1e-3, 0.1);
}

TEST(GTest, ACellThatCannotBeIsNoAccident) {
  const GTest test = tested({99, 1, 0}, {1.0, 0.0, 0.0});
  EXPECT_TRUE(std::isinf(test.statistic));
  EXPECT_EQ(test.p_value, 0.0);
}

TEST(GTest, CellsOfFewExpectedRowsCountAsOne) {
  // 2, 3 and 4 are expected in the last three: 9 together.
  EXPECT_EQ(tested({91, 2, 3, 4}, {0.91, 0.02, 0.03, 0.04}).degrees, 1U);
  // 1 is expected in the last two: they go to the smaller of the others.
  const GTest test = tested({60, 39, 1, 0}, {0.6, 0.39, 0.005, 0.005});
  EXPECT_EQ(test.degrees, 1U);
  EXPECT_NEAR(test.statistic, tested({60, 40}, {0.6, 0.4}).statistic, 1e-12);
}

TEST(GTest, OneCellOrTooFewRowsAreNothingToTest) {
  EXPECT_EQ(tested({100}, {1.0}).degrees, 0U);
  const GTest few = tested({3, 1, 0}, {0.3, 0.3, 0.4});
  EXPECT_EQ(few.degrees, 0U);
  EXPECT_EQ(few.p_value, 1.0);
  EXPECT_EQ(few.power, 0.0);
}

}  // namespace
}  // namespace af::synth

#include "core/random.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

namespace af {
namespace {

/// P(chi-square >= observed) of counts against equal shares.
double p_of_equal_shares(const std::vector<std::uint64_t>& counts) {
  double total = 0.0;
  for (const std::uint64_t count : counts) total += static_cast<double>(count);
  const double expected = total / static_cast<double>(counts.size());
  double statistic = 0.0;
  for (const std::uint64_t count : counts) {
    const double off = static_cast<double>(count) - expected;
    statistic += off * off / expected;
  }
  const boost::math::chi_squared law(static_cast<double>(counts.size() - 1));
  return boost::math::cdf(boost::math::complement(law, statistic));
}

TEST(Stream, IsPhiloxAtTheAddressedCounter) {
  std::ifstream file(AF_SOURCE_DIR "/tests/oracle/philox.json");
  const auto oracle = nlohmann::json::parse(file);
  for (const auto& one : oracle["cases"]) {
    Stream stream(one["seed"], static_cast<Purpose>(one["purpose"].get<std::uint32_t>()),
                  one["index"]);
    for (const std::uint32_t expected : one["bits"]) EXPECT_EQ(stream.bits(), expected);
  }
}

TEST(Stream, FillsWithTheSameDrawsAsOneByOne) {
  for (const std::size_t before : {0U, 1U, 3U, 4U}) {
    Stream one(11, Purpose::kTest, std::uint64_t{7} << 33 | 5);
    Stream many = one;
    for (std::size_t i = 0; i < before; ++i) ASSERT_EQ(one.bits(), many.bits());
    for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 200U, 129U}) {
      std::vector<std::uint32_t> filled(size);
      many.fill(filled);
      for (const std::uint32_t word : filled) ASSERT_EQ(word, one.bits()) << before << " " << size;
    }
  }
}

TEST(Stream, DependsOnSeedPurposeAndIndex) {
  const auto first = [](std::uint64_t seed, Purpose purpose, std::uint64_t index) {
    return Stream(seed, purpose, index).bits64();
  };
  const std::uint64_t base = first(1, Purpose::kScale, 2);
  EXPECT_EQ(base, first(1, Purpose::kScale, 2));
  EXPECT_NE(base, first(2, Purpose::kScale, 2));
  EXPECT_NE(base, first(1, Purpose::kFont, 2));
  EXPECT_NE(base, first(1, Purpose::kScale, 3));
}

TEST(Stream, UniformStaysInsideItsHalfOpenRange) {
  Stream stream(3, Purpose::kTest, 0);
  for (int i = 0; i < 100000; ++i) {
    const double u = stream.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
  }
}

TEST(Stream, BelowIsUniform) {
  Stream stream(4, Purpose::kTest, 0);
  std::vector<std::uint64_t> counts(7);
  for (int i = 0; i < 70000; ++i) ++counts[stream.below(7)];
  EXPECT_GT(p_of_equal_shares(counts), 1e-3);
}

TEST(Stream, BelowIsUnbiasedWhereTheRangeDoesNotDivideTheWords) {
  // Scaling 32 bits to 3 * 2^30 without rejection would give every third value twice its share.
  Stream stream(4, Purpose::kTest, 1);
  std::vector<std::uint64_t> counts(3);
  for (int i = 0; i < 30000; ++i) ++counts[stream.below(3U << 30U) % 3];
  EXPECT_GT(p_of_equal_shares(counts), 1e-3);
}

TEST(Stream, NormalFillsEqualProbabilityBinsEqually) {
  const boost::math::normal law;
  static constexpr std::size_t kBins = 50;
  std::vector<std::uint64_t> counts(kBins);
  Stream stream(5, Purpose::kTest, 0);
  for (int i = 0; i < 50000; ++i) {
    const double share = boost::math::cdf(law, stream.normal());
    ++counts[std::min(static_cast<std::size_t>(share * kBins), kBins - 1)];
  }
  EXPECT_GT(p_of_equal_shares(counts), 1e-3);
}

TEST(Shuffle, GivesEveryOrderEquallyOften) {
  std::map<std::array<int, 3>, std::uint64_t> seen;
  for (std::uint64_t i = 0; i < 12000; ++i) {
    std::array<int, 3> values{0, 1, 2};
    Stream stream(6, Purpose::kTest, i);
    shuffle(std::span<int>(values), stream);
    ++seen[values];
  }
  ASSERT_EQ(seen.size(), 6U);
  std::vector<std::uint64_t> counts;
  for (const auto& [order, count] : seen) counts.push_back(count);
  EXPECT_GT(p_of_equal_shares(counts), 1e-3);
}

}  // namespace
}  // namespace af

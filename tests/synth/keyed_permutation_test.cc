#include "synth/keyed_permutation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace af::synth {
namespace {

class KeyedPermutationOf : public testing::TestWithParam<std::uint64_t> {};

TEST_P(KeyedPermutationOf, HitsEveryElementOnce) {
  const std::uint64_t size = GetParam();
  const KeyedPermutation permutation(7, Purpose::kTest, size);
  std::vector<int> hits(size, 0);
  for (std::uint64_t i = 0; i < size; ++i) {
    ASSERT_LT(permutation(i), size);
    ++hits[permutation(i)];
  }
  EXPECT_EQ(hits, std::vector<int>(size, 1));
}

INSTANTIATE_TEST_SUITE_P(Sizes, KeyedPermutationOf,
                         testing::Values(1, 2, 3, 4, 5, 15, 16, 17, 1000, 65536, 65537));

TEST(KeyedPermutation, DependsOnTheSeed) {
  const KeyedPermutation a(1, Purpose::kTest, 1000);
  const KeyedPermutation b(2, Purpose::kTest, 1000);
  int equal = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) equal += a(i) == b(i);
  EXPECT_LT(equal, 10);  // One is expected.
}

TEST(KeyedPermutation, OneOfSeveralHasNothingToDoWithAnother) {
  const KeyedPermutation a(1, Purpose::kTest, 1000);
  const KeyedPermutation b(1, Purpose::kTest, 1000, 1);
  int equal = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) equal += a(i) == b(i);
  EXPECT_LT(equal, 10);  // One is expected.
}

TEST(KeyedPermutation, SpreadsNeighboursEvenly) {
  // Where the first tenth of the elements goes: a hypergeometric count in each tenth, mean 1,000,
  // standard deviation 28.5; ten of them within 4.4 of it with probability above 1 - 1e-4.
  constexpr std::uint64_t kSize = 100000;
  const KeyedPermutation permutation(3, Purpose::kTest, kSize);
  std::vector<int> counts(10, 0);
  for (std::uint64_t i = 0; i < kSize / 10; ++i) ++counts[permutation(i) / (kSize / 10)];
  for (const int count : counts) EXPECT_NEAR(count, 1000, 4.4 * 28.5);
}

TEST(KeyedPermutation, AnswersForLargeSizes) {
  constexpr std::uint64_t kSize = 1'000'000'000'000;
  const KeyedPermutation permutation(3, Purpose::kTest, kSize);
  for (std::uint64_t i = 0; i < 1000; ++i) EXPECT_LT(permutation(kSize - 1 - i), kSize);
}

}  // namespace
}  // namespace af::synth

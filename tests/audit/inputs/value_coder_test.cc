#include "audit/inputs/value_coder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace af::audit {
namespace {

TEST(ValueCoder, NumbersValuesAsTheyAppear) {
  ValueCoder coder;
  EXPECT_EQ(coder.code("red"), 0U);
  EXPECT_EQ(coder.code("blue"), 1U);
  EXPECT_EQ(coder.code("red"), 0U);
  EXPECT_THAT(coder.values(), testing::ElementsAre("red", "blue"));
}

TEST(ValueCoder, KeepsValuesApartThatShareASlot) {
  ValueCoder coder;
  // Same length, first, middle and last byte: only the look-up tells them apart.
  EXPECT_EQ(coder.code("axbyc"), 0U);
  EXPECT_EQ(coder.code("aybxc"), 1U);
  EXPECT_EQ(coder.code("axbyc"), 0U);
  EXPECT_EQ(coder.code(""), 2U);
  EXPECT_EQ(coder.code(std::string(1, '\0')), 3U);
  EXPECT_EQ(coder.code(""), 2U);
}

TEST(ValueCoder, StaysRightWithMoreValuesThanSlots) {
  ValueCoder coder;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 2000; ++i) EXPECT_EQ(coder.code(std::to_string(i)), i);
  }
}

}  // namespace
}  // namespace af::audit

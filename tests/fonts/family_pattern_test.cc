#include "fonts/family_pattern.h"

#include <gtest/gtest.h>

namespace af::fonts {
namespace {

TEST(FamilyPattern, IsWhatHoldsAWildcard) {
  EXPECT_TRUE(is_pattern("*Sans"));
  EXPECT_TRUE(is_pattern("Play?"));
  EXPECT_TRUE(is_pattern("[AB]*"));
  EXPECT_FALSE(is_pattern("DejaVu Sans"));
}

TEST(FamilyPattern, FitsWholeNamesInAnyCase) {
  EXPECT_TRUE(matches("dejavu*", "DejaVu Sans"));
  EXPECT_TRUE(matches("DejaVu Sans", "DejaVu Sans"));
  EXPECT_TRUE(matches("*mono", "DejaVu Sans Mono"));
  EXPECT_TRUE(matches("*ü*", "München Sans"));
  EXPECT_FALSE(matches("Sans", "DejaVu Sans"));
  EXPECT_FALSE(matches("DejaVu Sans?", "DejaVu Sans"));
}

}  // namespace
}  // namespace af::fonts

#include "synth/bias_picture.h"

#include <gtest/gtest.h>

#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "tests/support/program.h"
#include "tests/synth/picture_pixels.h"

namespace af::synth {
namespace {

TEST(BiasPicture, ShadesACellByItsShareOfItsRow) {
  const test::TempDir folder;
  DatasetConfig config;
  config.n = 200;
  config.size = 16;
  config.p = 0.8;
  config.draws = Draws::kQuota;
  write_dataset(sampled_rows(config), folder / "a.h5", {});
  const auto bias = realised_bias(DatasetReader(folder / "a.h5"), kUsualAlpha, kUsualEffect);
  ASSERT_TRUE(bias.has_value());
  write_bias_picture(*bias, folder / "a.png", false);
  // From white to (30, 90, 150), where nothing is written on the cell.
  const auto shade = [&](int row, int column) {
    const auto pixels =
        test::picture_pixels(folder / "a.png", 90 + 120 * column + 95, 64 + 62 * row + 30, 16);
    return std::vector<std::uint8_t>(pixels.begin(), pixels.begin() + 3);
  };
  const std::vector<std::uint8_t> most{75, 123, 171};
  const std::vector<std::uint8_t> least{210, 222, 234};
  EXPECT_EQ(shade(0, 0), most);
  EXPECT_EQ(shade(0, 1), least);
  EXPECT_EQ(shade(1, 0), least);
  EXPECT_EQ(shade(1, 1), most);
}

/// Letters over the columns, as they are; a digit is a character like any other.
TEST(BiasPicture, HeadsAColumnByItsCharacter) {
  const test::TempDir folder;
  DatasetConfig config;
  config.n = 20;
  config.size = 16;
  const auto head = [&](const std::vector<std::string>& chars) {
    config.chars = chars;
    write_dataset(sampled_rows(config), folder / "a.h5", {.overwrite = true});
    const auto bias = realised_bias(DatasetReader(folder / "a.h5"), kUsualAlpha, kUsualEffect);
    write_bias_picture(bias.value(), folder / "a.png", true);
    return std::pair(test::picture_pixels(folder / "a.png", 90, 38, 22),
                     test::picture_pixels(folder / "a.png", 90 + 120, 38, 22));
  };
  const auto [one, eight] = head({"1", "8"});
  EXPECT_NE(one, eight);
  EXPECT_EQ(head({"8", "1"}), std::pair(eight, one));
}

}  // namespace
}  // namespace af::synth

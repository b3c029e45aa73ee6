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

}  // namespace
}  // namespace af::synth

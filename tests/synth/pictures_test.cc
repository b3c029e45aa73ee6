#include "synth/pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset_reader.h"
#include "core/errors.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "synth/row_source.h"
#include "synth/verify.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using test::refusal;
using testing::ElementsAre;
using testing::HasSubstr;

/// A picture as a 24-bit BMP: red grows with x, green with y, blue is 77.
std::string bitmap(int width, int height) {
  const int row = (3 * width + 3) / 4 * 4;
  std::string bytes = "BM";
  const auto number = [&](std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFFU);
  };
  number(static_cast<std::uint32_t>(54 + row * height), 4);
  number(0, 4);
  number(54, 4);
  number(40, 4);
  number(static_cast<std::uint32_t>(width), 4);
  number(static_cast<std::uint32_t>(height), 4);
  number(1, 2);
  number(24, 2);
  for (int i = 0; i < 6; ++i) number(0, 4);
  for (int y = height - 1; y >= 0; --y) {  // From the bottom up; blue first.
    for (int x = 0; x < width; ++x) {
      bytes += {static_cast<char>(77), static_cast<char>(y), static_cast<char>(x)};
    }
    bytes.append(static_cast<std::size_t>(row - 3 * width), '\0');
  }
  return bytes;
}

class PicturesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_.path() / "below");
    test::write_bytes(folder_ / "b.bmp", bitmap(200, 100));
    test::write_bytes(folder_ / "below/a.BMP", bitmap(40, 120));
    test::write_bytes(folder_ / "notes.txt", "no picture");
  }
  /// The whole of 8 x 8 pixels, channel by channel.
  std::vector<std::vector<std::uint8_t>> painted(const std::array<double, 4>& crop) {
    std::vector<std::vector<std::uint8_t>> planes(4, std::vector<std::uint8_t>(64));
    Pattern pattern;
    pattern.kind = PatternKind::kImage;
    pattern.crop = crop;
    Pictures pictures(folder_.path(), pictures_in(folder_.path()));
    pictures.paint(pattern, 8, {0, 8, 0, 8},
                   {{planes[0].data(), planes[1].data(), planes[2].data()}, planes[3].data()});
    return planes;
  }
  DatasetConfig config() const {
    DatasetConfig config;
    config.n = 60;
    config.size = 24;
    config.images = folder_.path().string();
    config.background = "image";
    config.foreground = Choice::parse("categorical(solid, image)");
    return config;
  }

  test::TempDir folder_;
  test::TempDir out_;
};

TEST_F(PicturesTest, AreFoundBelowTheirFolder) {
  EXPECT_THAT(pictures_in(folder_.path()), ElementsAre("b.bmp", "below/a.BMP"));
}

TEST_F(PicturesTest, ACropIsTheMeanOfWhatItShows) {
  const auto planes = painted({0.0, 0.0, 0.4, 0.8});  // 80 x 80 pixels: ten by ten to each.
  for (const int i : {0, 1, 9, 63}) {
    EXPECT_NEAR(planes[0][static_cast<std::size_t>(i)], 10 * (i % 8) + 4.5, 1.0);
    EXPECT_NEAR(planes[1][static_cast<std::size_t>(i)], 10 * (i / 8) + 4.5, 1.0);
    EXPECT_EQ(planes[2][static_cast<std::size_t>(i)], 77);
    EXPECT_EQ(planes[3][static_cast<std::size_t>(i)], 255);
  }
  EXPECT_EQ(painted({0.5, 0.5, 0.5, 0.5})[0][0], 100);  // At least one pixel.
}

TEST_F(PicturesTest, LargeOnesAreReducedFirst) {
  test::write_bytes(folder_ / "b.bmp", bitmap(250, 200));  // More than 16 times 8 pixels.
  const auto planes = painted({0.0, 0.0, 1.0, 1.0});
  EXPECT_NEAR(planes[0][0], 250 / 16 - 0.5, 1.0);
  EXPECT_NEAR(planes[1][63], 200 - 200 / 16 - 0.5, 1.0);
}

TEST_F(PicturesTest, ADataSetOfThemVerifiesAndIsDrawnAgain) {
  write_dataset(sampled_rows(config()), out_ / "a.h5", {.threads = 2});
  const DatasetReader file(out_ / "a.h5");
  check_whole(file);
  EXPECT_EQ(check_pixels(file, 60), 60U);
  EXPECT_THAT(file.categorical("background_image").vocabulary, ElementsAre("b.bmp", "below/a.BMP"));
  test::write_bytes(folder_ / "b.bmp", bitmap(201, 100));
  EXPECT_THAT(why_not_replayed(file), HasSubstr("b.bmp is not the picture"));
}

/// A row whose background is a crop of a picture, as JSON.
std::string row_with(const std::string& pattern) {
  return R"({"char": "a", "font_family": "DejaVu Sans", "scale": 0.5, "rotation": 0, )"
         R"("translation": [0, 0], "foreground": "red", "resolution": 24, "background": )" +
         pattern + "}\n";
}

TEST_F(PicturesTest, AListedRowMayNameThem) {
  const std::string rows = out_ / "rows.jsonl";
  test::write_bytes(
      rows, row_with(R"({"type": "image", "file": "below/a.BMP", "crop": [0, 0.25, 0.5, 1]})"));
  const ListedConfig listed{.attributes = rows, .images = folder_.path().string()};
  const RowSource source = listed_rows(listed);
  Row row;
  source.fill(0, row);
  EXPECT_EQ(row.scene.background.image, 1);
  EXPECT_EQ(row.scene.background.crop, (std::array{0.0, 0.25, 0.5, 1.0}));
  write_dataset(source, out_ / "a.h5", {});
  EXPECT_EQ(check_pixels(DatasetReader(out_ / "a.h5"), 1), 1U);
}

TEST_F(PicturesTest, ADataSetOfThemIsTheSameAgainFromItsColumns) {
  write_dataset(sampled_rows(config()), out_ / "a.h5", {.threads = 2});
  write_dataset(listed_rows({.attributes = out_ / "a.h5"}), out_ / "b.h5", {.threads = 2});
  EXPECT_EQ(DatasetReader(out_ / "b.h5").read_all<std::uint8_t>("x"),
            DatasetReader(out_ / "a.h5").read_all<std::uint8_t>("x"));
}

TEST_F(PicturesTest, RefusesFoldersAndPicturesThatAreNone) {
  EXPECT_THAT(refusal([&] { (void)pictures_in(folder_ / "none"); }), HasSubstr("cannot be read"));
  EXPECT_THAT(refusal([&] { (void)pictures_in(out_.path()); }), HasSubstr("holds no picture"));
  EXPECT_THAT(refusal([&] {
                DatasetConfig without = config();
                without.images.clear();
                without.validate();
              }),
              HasSubstr("images is empty; expected a folder of pictures"));
  const auto listed = [&](const std::string& pattern, const std::string& folder) {
    test::write_bytes(folder_ / "rows.jsonl", row_with(pattern));
    return refusal(
        [&] { (void)listed_rows({.attributes = folder_ / "rows.jsonl", .images = folder}); });
  };
  const std::string image = R"({"type": "image", "file": "b.bmp", "crop": [0, 0, 1, 1]})";
  EXPECT_EQ(listed(image, folder_.path()), "not refused");
  EXPECT_THAT(listed(image, ""), HasSubstr("line 1: a pattern is a picture; expected --images"));
  EXPECT_THAT(listed(R"({"type": "image", "file": "c.bmp"})", folder_.path()),
              HasSubstr("has no 'c.bmp' (did you mean 'b.bmp'?)"));
  EXPECT_THAT(listed(R"({"type": "image", "file": "b.bmp", "crop": [1, 0, 0, 1]})", folder_.path()),
              HasSubstr("'crop' is empty"));
  test::write_bytes(folder_ / "b.bmp", "no picture");
  EXPECT_THAT(refusal([&] { write_dataset(sampled_rows(config()), out_ / "b.h5", {}); }),
              HasSubstr("b.bmp cannot be decoded as a picture"));
  EXPECT_TRUE(std::filesystem::is_empty(out_.path()));
}

}  // namespace
}  // namespace af::synth

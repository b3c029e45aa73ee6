#include "synth/contact_sheet.h"

#include <gtest/gtest.h>

#include "core/errors.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "tests/support/program.h"
#include "tests/synth/picture_pixels.h"

namespace af::synth {
namespace {

using test::file_bytes;
using test::picture_pixels;
using test::png_size;
using test::TempDir;

TEST(ContactSheet, HasARowForEachCharacterAndColour) {
  const TempDir folder;
  DatasetConfig config;
  config.n = 40;
  config.chars = {"a", "d", "g"};
  write_dataset(sampled_rows(config), folder / "a.h5", {});
  write_contact_sheet(DatasetReader(folder / "a.h5"), folder / "a.png", false);
  const auto [width, height] = png_size(file_bytes(folder / "a.png"));
  EXPECT_EQ(height, 4 + 6 * (64 + 4));
  EXPECT_GT(width, 16 * 64);
  const DatasetReader file(folder / "a.h5");
  const auto chars = file.read_all<std::uint16_t>("char");
  const auto colors = file.read_all<std::uint16_t>("color");
  std::uint64_t row = 0;
  while (colors.at(row) != 1 || chars.at(row) != 2) ++row;
  std::vector<std::uint8_t> image(std::size_t{64} * 64 * 3);
  file.read("x", row, 1, std::as_writable_bytes(std::span(image)));
  EXPECT_TRUE(picture_pixels(folder / "a.png", 190, 4 + 5 * (64 + 4), 64) == image);
}

TEST(ContactSheet, ShowsGreyDataWithoutColours) {
  const TempDir folder;
  const std::string rows = AF_SOURCE_DIR "/tests/golden/synbols_scenes_32_grey.jsonl";
  write_dataset(listed_rows({.attributes = rows}), folder / "a.h5", {});
  write_contact_sheet(DatasetReader(folder / "a.h5"), folder / "a.png", false);
  EXPECT_GT(png_size(file_bytes(folder / "a.png")).second, 32);
}

TEST(ContactSheet, ReplacesNothingUnasked) {
  const TempDir folder;
  DatasetConfig config;
  config.n = 4;
  write_dataset(sampled_rows(config), folder / "a.h5", {});
  test::write_bytes(folder.path() / "a.png", "mine");
  EXPECT_THROW(write_contact_sheet(DatasetReader(folder / "a.h5"), folder / "a.png", false),
               OutputError);
  EXPECT_EQ(file_bytes(folder / "a.png"), "mine");
}

}  // namespace
}  // namespace af::synth

#include "synth/contact_sheet.h"

#include <gtest/gtest.h>

#include "core/errors.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "tests/support/program.h"

namespace af::synth {
namespace {

using test::file_bytes;
using test::TempDir;

/// Width and height out of a PNG's first chunk.
std::pair<int, int> png_size(const std::string& bytes) {
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
  const auto number = [&](std::size_t at) {
    int value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value = value * 256 + static_cast<unsigned char>(bytes.at(at + i));
    return value;
  };
  return {number(16), number(20)};
}

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

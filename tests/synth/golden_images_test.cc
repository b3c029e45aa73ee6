#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <string>

#include "core/dataset_reader.h"
#include "synth/attribute_rows.h"
#include "synth/generate.h"
#include "tests/support/program.h"

/// Every image that Synbols 1.0.2 drew for tests/golden (see make_synbols.py and draw_synbols.py
/// there), bit for bit.
namespace af::synth {
namespace {

const std::filesystem::path kGolden = AF_SOURCE_DIR "/tests/golden";

class SynbolsImages : public testing::TestWithParam<const char*> {};

TEST_P(SynbolsImages, AreDrawnBitForBit) {
  const std::string name = std::string("synbols_") + GetParam();
  const DatasetReader expected(kGolden / (name + ".h5"), FileKind::kAnyHdf5);
  const auto images = expected.read_all<std::uint8_t>("x");
  const auto masks = expected.read_all<std::uint8_t>("mask");
  const RowSource source = listed_rows({.attributes = kGolden / (name + ".jsonl")});
  ASSERT_EQ(source.rows, expected.rows());
  for (std::uint64_t i = 0; i < source.rows; ++i) {
    const Sample sample = draw_sample(source, i);
    const std::span image(images.data() + i * sample.image.size(), sample.image.size());
    const std::span mask(masks.data() + i * sample.mask.size(), sample.mask.size());
    EXPECT_TRUE(std::ranges::equal(sample.image, image)) << name << ", image " << i;
    EXPECT_TRUE(std::ranges::equal(sample.mask, mask)) << name << ", mask " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, SynbolsImages,
                         testing::Values("reference_64_rgb", "scenes_32_rgb", "scenes_32_grey",
                                         "scenes_64_rgb", "scenes_64_grey", "scenes_128_rgb",
                                         "scenes_128_grey", "odd_33_rgb", "odd_100_rgb",
                                         "camouflage_64_rgb", "camouflage_64_grey",
                                         "thin_strokes_40_rgb", "strokes_32_rgb", "strokes_48_rgb",
                                         "strokes_100_rgb", "opaque_40_rgb"),
                         [](const auto& test) { return std::string(test.param); });

INSTANTIATE_TEST_SUITE_P(Families, SynbolsImages,
                         testing::Values("fonts_64_rgb", "fonts_64_grey", "emboldened_64_rgb",
                                         "unhinted_64_rgb", "reach_64_rgb"),
                         [](const auto& test) { return std::string(test.param); });

/// The rows say which file Cairo drew from for a family; without that, we must find the same one.
TEST(SynbolsFonts, AreFoundByFamilyAsCairoFindsThem) {
  const test::TempDir folder;
  const std::regex font_file(R"re(, "font_file": "[^"]*")re");
  for (const std::string name : {"fonts_64_rgb", "fonts_64_grey"}) {
    const std::string rows = kGolden / ("synbols_" + name + ".jsonl");
    const std::string without = std::regex_replace(test::file_bytes(rows), font_file, "");
    ASSERT_EQ(without.find("font_file"), std::string::npos);
    test::write_bytes(folder / name, without);
    EXPECT_EQ(listed_rows({.attributes = folder / name}).format.vocabulary.faces,
              listed_rows({.attributes = rows}).format.vocabulary.faces);
  }
}

}  // namespace
}  // namespace af::synth

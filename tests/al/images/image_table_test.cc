#include "al/images/image_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "tests/al/synthetic_data.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::al {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kAny = AF_SOURCE_DIR "/tests/golden/any_hdf5.h5";

ImageTable read_any(const std::string& image, const std::string& target = "word",
                    const std::string& group = "flag", const ImageFit& fit = {}) {
  return read_image_table(kAny, {image, target, group, fit});
}

std::string refusal_of_any(const std::string& image, const std::string& target = "word",
                           const std::string& group = "flag", const ImageFit& fit = {}) {
  return test::refusal<InputError>([&] { static_cast<void>(read_any(image, target, group, fit)); });
}

TEST(ImageTable, AveragesSquaresRoundedHalfUp) {
  const test::TempDir folder;
  test::write_synthetic(folder / "data.h5", {.rows = 3, .side = 16});
  const ImageTable whole = read_image_table(folder / "data.h5", {"x", "char", "color", {}});
  const ImageTable half =
      read_image_table(folder / "data.h5", {"x", "char", "color", {.downscale = 2}});
  ASSERT_EQ(half.height, 8);
  for (std::size_t i = 0; i < half.pixels.size(); ++i) {
    const std::size_t c = i % 3;
    const std::size_t x = i / 3 % 8;
    const std::size_t y = i / 24;  // Over all rows: an image is 8 of these and 16 of the whole.
    const auto at = [&](std::size_t dy, std::size_t dx) {
      return static_cast<int>(whole.pixels[((2 * y + dy) * 16 + 2 * x + dx) * 3 + c]);
    };
    ASSERT_EQ(half.pixels[i], (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 2) / 4) << i;
  }
}

TEST(ImageTable, ReadsImagesOfAnyHdf5InEachOfTheirLayouts) {
  const ImageTable rgb = read_any("rgb");
  EXPECT_THAT((std::vector{rgb.rows, rgb.height, rgb.width, rgb.channels}),
              ElementsAre(6, 9, 8, 3));
  EXPECT_EQ(read_any("planes").pixels, rgb.pixels);
  EXPECT_EQ(read_any("unit").pixels, rgb.pixels);
  const ImageTable grey = read_any("grey");
  EXPECT_EQ(grey.channels, 1);
  ASSERT_EQ(grey.pixels.size() * 3, rgb.pixels.size());
  for (std::size_t i = 0; i < grey.pixels.size(); ++i) {
    ASSERT_EQ(grey.pixels[i], rgb.pixels[3 * i]);
  }
}

TEST(ImageTable, ReadsCategoriesOfAnyHdf5) {
  const ImageTable words = read_any("rgb", "word", "count");
  EXPECT_THAT(words.target.vocabulary, ElementsAre("bar", "b\u00e4r", "ring"));
  EXPECT_THAT(words.target.codes, ElementsAre(2, 0, 2, 2, 1, 2));
  EXPECT_THAT(words.group.vocabulary, ElementsAre("-1", "9", "10"));  // In order of number.
  EXPECT_THAT(words.group.codes, ElementsAre(2, 1, 0, 2, 1, 1));
  const ImageTable fixed = read_any("rgb", "fixed", "flag");
  EXPECT_THAT(fixed.target.vocabulary, ElementsAre("no", "yes"));
  EXPECT_THAT(fixed.group.vocabulary, ElementsAre("FALSE", "TRUE"));
  EXPECT_THAT(fixed.group.codes, ElementsAre(1, 0, 1, 1, 0, 0));
}

TEST(ImageTable, SaysWhatOfAnyHdf5CannotBeUsed) {
  EXPECT_THAT(refusal_of_any("long"), HasSubstr("column 'long' holds no images"));
  EXPECT_THAT(refusal_of_any("word"), HasSubstr("column 'word' holds texts"));
  EXPECT_THAT(refusal_of_any("bad_unit"), HasSubstr("row 4 of column 'bad_unit'"));
  EXPECT_THAT(refusal_of_any("rgb", "gap"), HasSubstr("row 3 of column 'gap' is empty"));
  EXPECT_THAT(refusal_of_any("rgb", "weight"), HasSubstr("'weight' holds numbers with a fraction"));
  EXPECT_THAT(refusal_of_any("rgb", "unit"), HasSubstr("column 'unit' has 216 values a row"));
  EXPECT_THAT(refusal_of_any("rgb", "class_names"),
              HasSubstr("column flag has 6 rows where class_names has 2"));
  EXPECT_THAT(refusal_of_any("rgb", "words"), HasSubstr("did you mean 'word'?"));
}

TEST(ImageTable, RefusesSizesThatNoNetworkTakesUnlessTheyAreResized) {
  EXPECT_THAT(refusal_of_any("rgb", "word", "flag", {.downscale = 2}),
              HasSubstr("images of 9x8 pixels are 4x4 once they are averaged by 2, expected sides "
                        "from 8 to 512"));
  const ImageTable resized = read_any("rgb", "word", "flag", {.resize = 20, .downscale = 2});
  EXPECT_EQ(resized.height, 10);
  EXPECT_EQ(resized.width, 10);
}

TEST(ImageFit, LeavesAConstantImageConstantAndAVerticalEdgeVertical) {
  const ImageShape from{30, 20, 1};
  std::vector<std::uint8_t> image(from.bytes(), 77);
  std::vector<std::uint8_t> out(64);
  fit_image(image, from, {.resize = 8}, out);
  EXPECT_THAT(out, testing::Each(77));
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = i % 20 < 10 ? 0 : 200;
  fit_image(image, from, {.resize = 8}, out);
  for (std::size_t i = 8; i < 64; ++i) EXPECT_EQ(out[i], out[i - 8]);
  EXPECT_EQ(out[0], 0);
  EXPECT_EQ(out[7], 200);
  EXPECT_EQ(out[3] + out[4], 200);  // Symmetric about the edge.
}

/// Rows without images; a and d in blue and red.
ImageTable table(std::vector<std::uint16_t> classes, std::vector<std::uint16_t> groups) {
  ImageTable made{.path = "some.h5"};
  made.target = {"char", {"a", "d"}, std::move(classes)};
  made.group = {"color", {"blue", "red"}, std::move(groups)};
  return made;
}

TEST(MatchVocabularies, RecodesTheTestByTheVocabularyOfThePool) {
  const ImageTable train = table({0, 1}, {0, 1});
  ImageTable test = table({0, 0, 1}, {1, 0, 1});
  test.target.vocabulary = {"d", "a"};
  match_vocabularies(train, test);
  EXPECT_THAT(test.target.codes, ElementsAre(1, 1, 0));
  EXPECT_EQ(test.target.vocabulary, train.target.vocabulary);
}

TEST(Factor, RefusesAnIdentifierForACategory) {
  std::vector<std::string> texts;
  for (int i = 0; i <= 1000; ++i) texts.push_back(std::to_string(i));
  EXPECT_THAT(
      test::refusal<InputError>([&] { static_cast<void>(factor_of_texts("id", texts, "f.csv")); }),
      HasSubstr("f.csv: column 'id' has more than 1000 distinct values"));
}

}  // namespace
}  // namespace af::al

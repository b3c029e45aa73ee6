#include "al/images/picture_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "al/images/image_table.h"
#include "al/images/picture_file.h"
#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::al {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Pictures of each kind, 9 x 10 pixels, and what Pillow decodes of them (make_pictures.py).
const std::filesystem::path kPictures = AF_SOURCE_DIR "/tests/golden/pictures";

/// A folder with some of the pictures and a table of its own.
class PictureFolder : public testing::Test {
 protected:
  void write_table(const std::string& text) { test::write_bytes(folder_ / "metadata.csv", text); }
  void copy(const std::string& name, const std::string& as = {}) {
    std::filesystem::copy_file(kPictures / name, folder_ / (as.empty() ? name : as));
  }
  [[nodiscard]] std::string refusal(const ImageFit& fit = {}) const {
    return test::refusal<InputError>([&] {
      return read_image_table(folder_.path(), {"file_name", "shape", "color", fit});
    });
  }

  test::TempDir folder_;
};

TEST(PictureTable, DecodesEveryKindOfPictureAsPillowDoes) {
  const ImageColumns columns{"file_name", "shape", "color", {}};
  const ImageTable table = read_image_table(kPictures, columns);
  const ImageTable expected =
      read_image_table(kPictures.string() + ".h5", {"x", "shape", "color", {}});
  EXPECT_EQ(table.rows, 8);
  EXPECT_EQ(table.channels, 3);
  ASSERT_EQ(table.pixels.size(), expected.pixels.size());
  for (std::size_t i = 0; i < table.pixels.size(); ++i) {
    ASSERT_EQ(table.pixels[i], expected.pixels[i]) << "picture " << i / 270 << ", byte " << i % 270;
  }
  EXPECT_THAT(table.target.vocabulary, ElementsAre("bar", "ring"));
  EXPECT_THAT(table.group.vocabulary, ElementsAre("blue, dark", "red"));
  EXPECT_THAT(table.group.codes, ElementsAre(1, 1, 0, 0, 1, 1, 0, 0));
  EXPECT_EQ(read_image_table(kPictures / "metadata.csv", columns).pixels, table.pixels);
}

TEST_F(PictureFolder, IsGreyIfAllItsPicturesAre) {
  copy("grey.png");
  copy("deep.png");
  write_table("file_name,shape,color\ngrey.png,a,b\ndeep.png,c,d\n");
  EXPECT_EQ(read_image_table(folder_.path(), {"file_name", "shape", "color", {}}).channels, 1);
}

TEST_F(PictureFolder, NamesAPictureOfAnotherSizeUnlessAllAreResized) {
  copy("rgb.png");
  copy("wide.png");
  write_table("file_name,shape,color\nrgb.png,a,b\nwide.png,c,d\n");
  EXPECT_THAT(refusal(), HasSubstr("wide.png has 9x14 pixels, expected 9x10"));
  const ImageTable table =
      read_image_table(folder_.path(), {"file_name", "shape", "color", {.resize = 16}});
  EXPECT_EQ(table.height, 16);
  EXPECT_EQ(table.width, 16);
}

TEST_F(PictureFolder, NamesWhatIsMissingOrDamaged) {
  EXPECT_THAT(refusal(), HasSubstr("metadata.csv does not exist"));
  write_table("file_name,shape,color\n");
  EXPECT_THAT(refusal(), HasSubstr("has no rows"));
  write_table("file,shape,color\nrgb.png,a,b\n");
  EXPECT_THAT(refusal(), HasSubstr("has no column 'file_name'; it has file, shape and color"));
  write_table("file_name,shape,color\nrgb.png,a\n");
  EXPECT_THAT(refusal(), HasSubstr("line 2: 2 fields, expected 3"));
  write_table("file_name,shape,color\n,a,b\n");
  EXPECT_THAT(refusal(), HasSubstr("line 2: column 'file_name' is empty"));
  write_table("file_name,shape,color\nnone.png,a,b\n");
  EXPECT_THAT(refusal(), HasSubstr("none.png cannot be read"));
  write_table("file_name,shape,color\nmetadata.csv,a,b\n");
  EXPECT_THAT(refusal(), HasSubstr("metadata.csv is no picture, expected PNG or JPEG"));
  copy("rgb.png");
  write_table("file_name,shape,color\nrgb.png,a,\n");
  EXPECT_THAT(refusal(), HasSubstr("row 0 of column 'color' is empty"));
  write_table("file_name,shape,color\ncut,a,b\n");
  for (const char* name : {"rgb.png", "photo.jpg"}) {
    const std::string bytes = test::file_bytes(kPictures / name);
    for (const std::size_t kept : {std::size_t{60}, bytes.size() - 20}) {
      test::write_bytes(folder_ / "cut", bytes.substr(0, kept));
      EXPECT_THAT(refusal(), HasSubstr("cut is a damaged")) << name << ", " << kept << " bytes";
    }
  }
}

TEST_F(PictureFolder, HasACheckSumThatAnyOfItsPicturesChanges) {
  copy("rgb.png");
  write_table("file_name,shape,color\nrgb.png,a,b\n");
  const std::string before = sha256_of_table(folder_.path(), "file_name");
  EXPECT_EQ(sha256_of_table(folder_ / "metadata.csv", "file_name"), before);
  std::filesystem::remove(folder_ / "rgb.png");
  copy("gamma.png", "rgb.png");
  EXPECT_NE(sha256_of_table(folder_.path(), "file_name"), before);
}

}  // namespace
}  // namespace af::al

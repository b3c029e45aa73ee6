#include "fonts/font_survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/sha256.h"
#include "fonts/font_report.h"
#include "tests/fonts/edited_font.h"
#include "tests/support/program.h"

namespace af::fonts {
namespace {

namespace fs = std::filesystem;
using test::TempDir;
using testing::HasSubstr;
using testing::Not;

/// Surveys of DejaVu and of a font in a folder, with a cache of their own.
class FontSurvey : public testing::Test {
 protected:
  FontSurvey() {
    fs::create_directory(folder_ / "fonts");
    font_.draw_as(U'q', U' ');
    test::write_bytes(folder_ / "fonts/edited.ttf", font_.bytes());
  }

  std::vector<FaceRecord> survey(int threads = 1) {
    const std::vector<std::string> folders{folder_ / "fonts"};
    const FontCatalogue catalogue(folders);
    const auto faces = fitting(catalogue.faces(), {{"DejaVu Sans"}, {}});
    return survey_fonts(catalogue, faces, {cache(), threads});
  }
  [[nodiscard]] fs::path cache() const { return folder_ / "cache/af/fonts.json"; }
  static std::string report(const std::vector<FaceRecord>& records) {
    return face_report(records, {}, ReportForm::kJson) +
           excluded_report(records, {}, ReportForm::kJson);
  }

  test::EditedFont font_{FontCatalogue().resolve("DejaVu Sans", Weight::kNormal).path};
  TempDir folder_;
};

TEST_F(FontSurvey, SaysWhatAFaceIsAndWhereItCameFrom) {
  bool found = false;
  for (const FaceRecord& record : survey()) {
    if (record.face.file.name() != "DejaVuSans-Bold.ttf") continue;
    found = true;
    EXPECT_EQ(record.face.family, "DejaVu Sans");
    EXPECT_EQ(record.face.style, "Bold");
    EXPECT_EQ(record.face.slant, "roman");
    EXPECT_EQ(record.check.weight, 700);
    EXPECT_EQ(record.sha256, sha256_of_file(record.face.file.path));
    EXPECT_EQ(record.package, "fonts-dejavu-core");
    EXPECT_THAT(record.licence, HasSubstr("bitstream-vera"));
    EXPECT_EQ(record.licence_source, "package");
    EXPECT_TRUE(record.covers("english"));
  }
  EXPECT_TRUE(found);
}

TEST_F(FontSurvey, IsTheSameOutOfTheCacheAndOnAnyThreads) {
  const std::string cold = report(survey(1));
  ASSERT_TRUE(fs::exists(cache()));
  EXPECT_TRUE(report(survey(1)) == cold);
  fs::remove(cache());
  EXPECT_TRUE(report(survey(3)) == cold);
}

TEST_F(FontSurvey, IsReadFromTheCache) {
  (void)survey();
  const auto written = fs::last_write_time(cache());
  (void)survey();
  EXPECT_EQ(fs::last_write_time(cache()), written);
  const fs::path font = folder_ / "fonts/edited.ttf";
  const auto changed = fs::last_write_time(font);
  test::write_bytes(font, std::string(fs::file_size(font), 'x'));
  fs::last_write_time(font, changed);  // Who does this is told the old story.
  EXPECT_THAT(report(survey()), HasSubstr("draws nothing"));
}

TEST_F(FontSurvey, LooksAgainAtAFileThatChanged) {
  EXPECT_THAT(report(survey()), HasSubstr("draws nothing"));
  font_.draw_as(U'q', U'p');
  test::write_bytes(folder_ / "fonts/edited.ttf", font_.bytes());
  EXPECT_THAT(report(survey()), Not(HasSubstr("draws nothing")));
}

TEST_F(FontSurvey, DoesWithoutADamagedCache) {
  const std::string cold = report(survey());
  const std::string kept = test::file_bytes(cache());
  std::string flipped = kept;
  flipped.at(flipped.find("\"drawn\":[") + 9) = '7';
  const std::vector<std::string> damaged{
      "", "no JSON", "[]", "{\"key\": 1}", kept.substr(0, kept.size() / 2), flipped};
  for (const std::string& bytes : damaged) {
    test::write_bytes(cache(), bytes);
    EXPECT_TRUE(report(survey()) == cold) << bytes.substr(0, 40);
    EXPECT_TRUE(test::file_bytes(cache()) == kept) << "it was not mended";
  }
}

TEST_F(FontSurvey, DoesWithoutAPlaceForTheCache) {
  test::write_bytes(folder_ / "cache", "a file where a folder would have to be");
  EXPECT_FALSE(survey().empty());
}

TEST_F(FontSurvey, LeavesNothingBesideTheCache) {
  (void)survey();
  const fs::directory_iterator entries(cache().parent_path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST_F(FontSurvey, NamesAFaceThatIsThereTwice) {
  const FaceFile original = FontCatalogue().resolve("DejaVu Sans", Weight::kNormal);
  fs::copy_file(original.path, folder_ / "fonts/Copy.ttf");
  const auto records = survey();
  EXPECT_THAT(excluded_report(records, {}, ReportForm::kTable), HasSubstr("is the same face as"));
}

}  // namespace
}  // namespace af::fonts

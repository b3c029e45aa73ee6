#include "synth/attribute_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kRow =
    R"({"char": "a", "font_file": "DejaVuSans.ttf", "is_bold": false, "is_slant": true, )"
    R"("rotation": 0.5, "scale": 0.6, "translation": [0.1, -0.2], )"
    R"("foreground": {"type": "solid", "rgb": [1, 0, 0]}, )"
    R"("background": {"type": "linear", "points": [0, 0, 1, 1], "stops": )"
    R"([[0, 1, 0, 0, 1], [0.5, 0, 1, 0, 1], [1, 0, 0, 1, 1]]}, )"
    R"("max_contrast": false, "inverse_color": false, "pixel_noise_scale": 0, "resolution": 32})";

std::string with(std::string row, const std::string& from, const std::string& to) {
  const std::size_t at = row.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return row.replace(at, from.size(), to);
}

RowSource rows_of(const std::string& text) {
  const test::TempDir folder;
  test::write_bytes(folder.path() / "rows.jsonl", text);
  return listed_rows({.attributes = folder / "rows.jsonl"});
}

std::string refusal(const std::string& text) {
  return test::refusal<InputError>([&] { return rows_of(text); });
}

TEST(AttributeRows, ReadsEveryField) {
  const RowSource source = rows_of(kRow + "\n\n" + kRow);
  ASSERT_EQ(source.rows, 2U);
  Row row;
  source.fill(1, row);
  const Symbol& symbol = row.scene.symbols.at(0);
  EXPECT_EQ(row.index, 1);
  EXPECT_EQ(symbol.character, U'a');
  EXPECT_TRUE(symbol.pose.slanted);
  EXPECT_EQ(symbol.pose.rotation_rad, 0.5);
  EXPECT_EQ(symbol.pose.translation, (std::array{0.1, -0.2}));
  EXPECT_EQ(symbol.foreground, solid({1.0, 0.0, 0.0}));
  EXPECT_EQ(row.scene.background.kind, PatternKind::kLinear);
  EXPECT_EQ(row.scene.background.gradients[0].stops[1].rgba[1], 1.0);
}

TEST(AttributeRows, FindsTheFontByFamilyToo) {
  const RowSource source = rows_of(
      with(with(kRow, R"("font_file": "DejaVuSans.ttf")", R"("font_family": "DejaVu Serif")"),
           R"("is_bold": false)", R"("is_bold": true)"));
  EXPECT_EQ(source.format.vocabulary.faces.at(0).name(), "DejaVuSerif-Bold.ttf");
}

TEST(AttributeRows, NamesTheLineThatIsWrong) {
  EXPECT_THAT(refusal(kRow + "\n{]\n"), HasSubstr("rows.jsonl, line 2: this is no JSON"));
  EXPECT_THAT(refusal(kRow + "\n[1]\n"), HasSubstr("line 2: expected a JSON object"));
  EXPECT_THAT(refusal(with(kRow, R"("scale": 0.6, )", "")),
              HasSubstr("line 1: the field 'scale' is missing"));
  EXPECT_THAT(refusal(with(kRow, R"("scale": 0.6)", R"("scale": "big")")),
              HasSubstr("line 1: 'scale' has \"big\"; expected a number"));
  EXPECT_THAT(refusal(with(kRow, R"("is_slant": true)", R"("is_slant": 1)")),
              HasSubstr("line 1: 'is_slant' is 1; expected true or false"));
  EXPECT_THAT(refusal(with(kRow, R"("translation": [0.1, -0.2])", R"("translation": [0.1])")),
              HasSubstr("expected 2 numbers"));
  EXPECT_THAT(refusal(with(kRow, "DejaVuSans.ttf", "Nope.ttf")),
              AllOf(HasSubstr("line 1:"), HasSubstr("Nope.ttf")));
  EXPECT_THAT(refusal(with(kRow, R"("char": "a")", R"("char": "鱼")")),
              AllOf(HasSubstr("line 1:"), HasSubstr("DejaVuSans.ttf lacks the character '鱼'")));
}

TEST(AttributeRows, RefusesRowsThatDisagreeOnTheImage) {
  EXPECT_THAT(refusal(kRow + "\n" + with(kRow, R"("resolution": 32)", R"("resolution": 64)")),
              HasSubstr("line 2: the resolution is 64; expected 32"));
  EXPECT_THAT(
      refusal(kRow + "\n" + with(kRow, R"("resolution")", R"("is_gray": true, "resolution")")),
      HasSubstr("line 2: the image has 1 channels; expected 3"));
}

TEST(AttributeRows, RefusesPatternsThatCannotBeDrawn) {
  EXPECT_THAT(refusal(with(kRow, R"("type": "solid")", R"("type": "mosaic")")),
              HasSubstr("'mosaic'"));
  EXPECT_THAT(refusal(with(kRow, R"([0, 0, 1, 1])", R"([0.5, 0.5, 0.5, 0.5])")),
              HasSubstr("both points of a linear gradient are the same"));
  EXPECT_THAT(refusal(with(kRow, R"("type": "linear", "points": [0, 0, 1, 1])",
                           R"("type": "radial", "points": [0, 0, 0.5, 1, 1, 0.5])")),
              HasSubstr("one inside the other"));
  EXPECT_THAT(refusal(with(kRow, R"([0.5, 0, 1, 0, 1], )", "")), HasSubstr("expected 3 stops"));
  EXPECT_THAT(refusal(with(kRow, R"("rgb": [1, 0, 0])", R"("rgb": [1, 0, 300])")),
              HasSubstr("'rgb' has 300; expected a number from 0 to 1"));
}

std::string with_foreground(const std::string& pattern) {
  return with(kRow, R"({"type": "solid", "rgb": [1, 0, 0]})", pattern);
}

TEST(AttributeRows, KeepsWhatACamouflageIsDrawnFrom) {
  const std::string pattern = R"({"type": "camouflage", "length": 0.4, "width": 0.05, )"
                              R"("angle": 1.5, "noise": 0.02, "count": 500, "key": 17})";
  const RowSource source = rows_of(with_foreground(pattern));
  Row row;
  source.fill(0, row);
  const Pattern& foreground = row.scene.symbols.at(0).foreground;
  EXPECT_EQ(foreground.camouflage, (Camouflage{{0.4, 0.05, 1.5, 0.02}, 500, 17}));
  EXPECT_TRUE(foreground.strokes.empty());
  EXPECT_TRUE(source.format.foreground.camouflage);
}

TEST(AttributeRows, RefusesStrokesThatCannotBeDrawn) {
  const std::string strokes = R"({"type": "camouflage", "strokes": [{"from": [0, 0], )"
                              R"("to": [1, 1], "width": 0.05, "rgba": [0, 0, 0, 1]}]})";
  EXPECT_EQ(refusal(with_foreground(strokes)), "not refused");
  EXPECT_THAT(refusal(with_foreground(with(strokes, "0.05", "2.5"))),
              HasSubstr("'width' has 2.5; expected a number from 0 to 2"));
  EXPECT_THAT(refusal(with_foreground(with(strokes, "[1, 1]", "[1, 1e9]"))), HasSubstr("'to'"));
  EXPECT_THAT(refusal(with_foreground(R"({"type": "camouflage", "strokes": []})")),
              HasSubstr("1 to 5000 'strokes'"));
}

TEST(AttributeRows, RefusesAFileWithoutRows) {
  EXPECT_THAT(refusal("\n"), HasSubstr("has no rows"));
  EXPECT_THROW((void)listed_rows({.attributes = "/no/such/file.jsonl"}), InputError);
}

}  // namespace
}  // namespace af::synth

#include "audit/inputs/table_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TableCounts : public testing::Test {
 protected:
  ContingencyTable count(const std::string& text, const std::vector<std::string>& columns) {
    test::write_bytes(folder_ / "t.csv", text);
    return count_table(folder_ / "t.csv", columns);
  }

  /// The sentence that refuses this text.
  std::string refusal(const std::string& text, const std::vector<std::string>& columns) {
    return test::refusal<InputError>([&] { return count(text, columns); });
  }

  test::TempDir folder_;
};

TEST_F(TableCounts, CountsEveryCombinationTheEmptyOnesToo) {
  const ContingencyTable table = count("id,y,g\n1,1,u\n2,0,v\n3,1,u\n4,1,w\n", {"g", "y"});
  EXPECT_THAT(table.factors()[0].values, ElementsAre("u", "v", "w"));
  EXPECT_THAT(table.factors()[1].values, ElementsAre("0", "1"));
  const std::vector<std::uint64_t> expected{0, 2, 1, 0, 0, 1};
  for (std::size_t cell = 0; cell < 6; ++cell) EXPECT_EQ(table.count(cell), expected[cell]);
}

TEST_F(TableCounts, ReadsQuotesLineBreaksInThemCarriageReturnsAndAByteOrderMark) {
  const ContingencyTable table = count(
      "\xEF\xBB\xBF\"g\",y\r\n\"a, b\",1\r\n\"say \"\"x\"\"\",1\r\n\"two\nlines\",0\r\n", {"g"});
  EXPECT_THAT(table.factors()[0].values, ElementsAre("a, b", "say \"x\"", "two\nlines"));
  EXPECT_EQ(table.total(), 3U);
}

TEST_F(TableCounts, DoesNotDependOnWhereBlocksEnd) {
  std::string text = "y,g\n";
  std::array<std::uint64_t, 4> expected{};
  for (std::uint64_t row = 0; row < 200'000; ++row) {
    // Values first seen late make the table grow between blocks.
    const std::size_t cell = row < 150'000 ? row % 2 : row % 4;
    text += cell < 2 ? "no," : "yes,";
    text += cell % 2 == 0 ? "left\n" : "right\n";
    ++expected[cell];
  }
  ASSERT_GT(text.size(), 4U << 18U);
  const ContingencyTable table = count(text, {"y", "g"});
  for (std::size_t cell = 0; cell < 4; ++cell) EXPECT_EQ(table.count(cell), expected[cell]);
}

TEST_F(TableCounts, KeepsQuotedLineBreaksTogetherWhereBlocksEnd) {
  std::string text = "g,y\n";
  for (int row = 0; row < 60'000; ++row) text += "\"two\nlines\",1\n";
  ASSERT_GT(text.size(), 2U << 18U);
  const ContingencyTable table = count(text, {"g"});
  EXPECT_THAT(table.factors()[0].values, ElementsAre("two\nlines"));
  EXPECT_EQ(table.total(), 60'000U);
}

TEST_F(TableCounts, NamesALineBehindTheFirstBlock) {
  std::string text = "a,b\n";
  for (int row = 0; row < 100'000; ++row) text += "1,2\n";
  EXPECT_THAT(refusal(text + "1,\n", {"a", "b"}), HasSubstr("line 100002: column 'b' is empty"));
}

TEST_F(TableCounts, OffersTheNearestColumn) {
  const std::string sentence = refusal("label,colour\n1,red\n", {"color"});
  EXPECT_THAT(sentence, HasSubstr("no column 'color' (did you mean 'colour'?)"));
}

TEST_F(TableCounts, NamesTheLineOfARaggedRow) {
  EXPECT_THAT(refusal("a,b\n1,2\n\n\"x\ny\",4\n5\n6,7\n", {"a"}),
              HasSubstr("line 6: the row has 1 fields where the header has 2"));
  EXPECT_THAT(refusal("a,b\n1,2,3\n", {"a"}), HasSubstr("line 2: the row has 3 fields"));
}

TEST_F(TableCounts, NamesTheLineOfAnEmptyField) {
  EXPECT_THAT(refusal("a,b\n1,2\n\"x\ny\",3\n,4\n", {"b", "a"}),
              HasSubstr("line 5: column 'a' is empty"));
}

TEST_F(TableCounts, AllowsEmptyFieldsInColumnsThatAreNotAsked) {
  EXPECT_EQ(count("a,b\n1,\n2,\n", {"a"}).total(), 2U);
}

TEST_F(TableCounts, RefusesAFileWithoutRows) {
  EXPECT_THAT(refusal("", {"a"}), HasSubstr("is empty"));
  EXPECT_THAT(refusal("a,b\n", {"a"}), HasSubstr("has a header but no rows"));
}

TEST_F(TableCounts, RefusesTextThatIsNotUtf8) {
  EXPECT_THAT(refusal("a\n\xff\xfe\n", {"a"}), HasSubstr("not UTF-8"));
}

TEST_F(TableCounts, RefusesAHeaderThatNamesAColumnTwice) {
  EXPECT_THAT(refusal("a,b,a\n1,2,3\n", {"b"}), HasSubstr("two columns named 'a'"));
}

TEST_F(TableCounts, RefusesAColumnThatTellsRowsApart) {
  std::string text = "id\n";
  for (std::size_t row = 0; row <= kMaxValues; ++row) text += std::to_string(row) + "\n";
  EXPECT_THAT(refusal(text, {"id"}),
              HasSubstr("column 'id' has 10001 distinct values where --max-groups allows 10000"));
}

TEST_F(TableCounts, RefusesARowThatNeverEnds) {
  EXPECT_THAT(refusal("a\n\"" + std::string(3 << 20, 'x'), {"a"}), HasSubstr("t.csv"));
}

}  // namespace
}  // namespace af::audit

#include "audit/inputs/dataset_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "tests/audit/inputs/small_files.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

class DatasetCounts : public testing::Test {
 protected:
  RowSelection selection(const std::string& text, std::uint64_t rows) {
    test::write_bytes(folder_ / "rows.csv", text);
    return read_selection(folder_ / "rows.csv", rows);
  }
  std::string refusal(const std::string& text, std::uint64_t rows) {
    return test::refusal<InputError>([&] { return selection(text, rows); });
  }

  test::TempDir folder_;
};

TEST_F(DatasetCounts, CountEveryBlockAndTheEmptyCells) {
  // More rows than a block of 65,536, cut inside a cell.
  const std::vector<std::uint64_t> counts{50'000, 20'001, 7, 66'000};
  test::write_dataset(folder_ / "t.h5", counts);
  const ContingencyTable table = count_dataset(DatasetReader(folder_ / "t.h5"), {"char", "color"});
  ASSERT_EQ(table.cells(), 6U);  // Green has no rows but is in the vocabulary.
  EXPECT_EQ(table.count(0), counts[0]);
  EXPECT_EQ(table.count(1), counts[1]);
  EXPECT_EQ(table.count(2), 0U);
  EXPECT_EQ(table.count(3), counts[2]);
  EXPECT_EQ(table.count(4), counts[3]);
  EXPECT_EQ(table.count(5), 0U);
}

TEST_F(DatasetCounts, CountTheSelectedRowsOnly) {
  test::write_dataset(folder_ / "t.h5", {3, 2, 1, 4});
  const DatasetReader reader(folder_ / "t.h5");
  const ContingencyTable table =
      count_dataset(reader, {"color"}, selection("row,note\n9,x\n0,y\n5,z\n", reader.rows()));
  EXPECT_EQ(table.count(0), 2U);  // Rows 0 and 5.
  EXPECT_EQ(table.count(1), 1U);  // Row 9.
}

TEST_F(DatasetCounts, SelectRowsBehindTheFirstBlock) {
  test::write_dataset(folder_ / "t.h5", {70'000, 10, 0, 0});
  const DatasetReader reader(folder_ / "t.h5");
  const ContingencyTable table =
      count_dataset(reader, {"color"}, selection("row\n69999\n70000\n70009\n", reader.rows()));
  EXPECT_EQ(table.count(0), 1U);
  EXPECT_EQ(table.count(1), 2U);
}

TEST_F(DatasetCounts, RefuseAColumnThatIsNotCategorical) {
  test::write_dataset(folder_ / "t.h5", {1, 1, 1, 1});
  const DatasetReader reader(folder_ / "t.h5");
  EXPECT_THROW(static_cast<void>(count_dataset(reader, {"index"})), InputError);
  EXPECT_THROW(static_cast<void>(count_dataset(reader, {"colour"})), InputError);
}

TEST_F(DatasetCounts, NameTheLineOfARowThatIsNotInThePool) {
  EXPECT_THAT(refusal("row\n1\n10\n", 10), HasSubstr("line 3: row '10' is not in the pool"));
  EXPECT_THAT(refusal("row\n-1\n", 10), HasSubstr("line 2: row '-1'"));
  EXPECT_THAT(refusal("row\n1.5\n", 10), HasSubstr("line 2: row '1.5'"));
  EXPECT_THAT(refusal("row\n99999999999999999999\n", 10), HasSubstr("line 2"));
}

TEST_F(DatasetCounts, NameTheLineOfARowThatIsRepeated) {
  EXPECT_THAT(refusal("row\n4\n7\n4\n", 10), HasSubstr("line 4: row 4 is named a second time"));
}

TEST_F(DatasetCounts, RefuseASubsetWithoutRows) {
  EXPECT_THAT(refusal("row\n", 10), HasSubstr("no rows"));
}

}  // namespace
}  // namespace af::audit

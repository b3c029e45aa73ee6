#include "audit/inputs/csv_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

class CsvTableTest : public testing::Test {
 protected:
  CsvTable table(const std::string& text) {
    test::write_bytes(folder_ / "t.csv", text);
    return CsvTable(folder_ / "t.csv");
  }

  test::TempDir folder_;
};

TEST_F(CsvTableTest, KeepsFieldsByRowAndColumn) {
  const CsvTable read = table("a,b\nx,1\n\"y,z\",2\n");
  EXPECT_EQ(read.rows(), 2U);
  EXPECT_EQ(read.text(read.column("a"), 1), "y,z");
  EXPECT_EQ(read.number(read.column("b"), 1), 2.0);
  EXPECT_EQ(read.whole(read.column("b"), 0), 1U);
}

TEST_F(CsvTableTest, AnEmptyFieldIsNoNumber) {
  const CsvTable read = table("a,b\nx,\n");
  EXPECT_EQ(read.number(1, 0), std::nullopt);
}

TEST_F(CsvTableTest, NamesTheLineOfWhatIsNoNumber) {
  const CsvTable read = table("a,b\nx,1\ny,nan\n");
  EXPECT_THAT(test::refusal<InputError>([&] { return read.number(1, 1); }),
              HasSubstr("line 3: column 'b' is 'nan'"));
  EXPECT_THAT(test::refusal<InputError>([&] { return read.whole(0, 0); }),
              HasSubstr("line 2: column 'a' is 'x'"));
}

TEST_F(CsvTableTest, OffersTheNearestColumn) {
  const CsvTable read = table("accuracy,b\n1,1\n");
  EXPECT_THAT(test::refusal<InputError>([&] { return read.column("acuracy"); }),
              HasSubstr("'accuracy'"));
}

}  // namespace
}  // namespace af::audit

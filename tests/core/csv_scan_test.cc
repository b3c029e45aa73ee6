#include "core/csv_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CsvScanTest : public testing::Test {
 protected:
  std::string file(const std::string& bytes) {
    test::write_bytes(folder_ / "a.csv", bytes);
    return folder_ / "a.csv";
  }
  std::string refusal(const std::string& bytes) {
    CsvScan scan(file(bytes));
    return test::refusal<InputError>([&] {
      while (scan.next()) {
      }
    });
  }

 private:
  const test::TempDir folder_;
};

TEST_F(CsvScanTest, ReadsQuotedFieldsEmptyOnesAndAnyLineEnd) {
  CsvScan scan(
      file("\xEF\xBB\xBF"
           "a,b\r\n\n\"x,\"\"y\"\"\n\",\r\n\"\",2"));
  EXPECT_THAT(scan.next()->fields, ElementsAre("a", "b"));
  const auto second = scan.next();
  EXPECT_EQ(second->line, 3U);
  EXPECT_THAT(second->fields, ElementsAre("x,\"y\"\n", ""));
  const auto third = scan.next();
  EXPECT_EQ(third->line, 5U);
  EXPECT_THAT(third->fields, ElementsAre("", "2"));
  EXPECT_FALSE(scan.next());
}

TEST_F(CsvScanTest, RefusesAQuoteThatIsNotClosedOrNotTheEnd) {
  EXPECT_THAT(refusal("a,b\n1,\"2\n3\n"), HasSubstr("a.csv, line 2: this is no CSV: a quoted"));
  EXPECT_THAT(refusal("a\n\"1\"2\n"), HasSubstr("line 2: this is no CSV: more stands behind"));
  EXPECT_THAT(refusal("a\n\"1\" \n"), HasSubstr("behind the closing quote"));
  EXPECT_EQ(refusal("a\n\"1\"\r\n"), "not refused");
}

}  // namespace
}  // namespace af

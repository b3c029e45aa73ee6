#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/inputs/column_stream.h"
#include "audit/inputs/table_counts.h"
#include "core/errors.h"
#include "tests/audit/inputs/small_tables.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Every kind of table holds the same rows.
class TableInputs : public testing::TestWithParam<const char*> {
 protected:
  TableInputs() {
    test::write_parquet_table(folder_ / "t.parquet");
    test::write_arrow_table(folder_ / "t.arrow", false);
    test::write_arrow_table(folder_ / "t.arrows", true);
    test::write_hdf5_table(folder_ / "t.h5");
  }
  [[nodiscard]] std::string path() const { return folder_ / GetParam(); }
  [[nodiscard]] bool is_hdf5() const { return path().ends_with(".h5"); }

  std::string refusal(const std::vector<std::string>& columns,
                      const TableOptions& options = {}) const {
    return test::refusal<InputError>([&] { return count_table(path(), columns, options); });
  }

  test::TempDir folder_;
};

TEST_P(TableInputs, CountNumbersBooleansAndDictionaries) {
  const ContingencyTable table = count_table(path(), {"color", "y"}, {.may_be_missing = {"color"}});
  EXPECT_EQ(table.total(), 6U);
  EXPECT_EQ(table.count(1), 1U);  // blue, 1
  EXPECT_EQ(table.count(3), 2U);  // red, 1
  EXPECT_EQ(table.factors()[0].values.size(), is_hdf5() ? 2U : 3U);
  const ContingencyTable predictions = count_table(path(), {"p"});
  EXPECT_EQ(predictions.count(1), 3U);
}

TEST_P(TableInputs, NameTheRowOfAMissingValueOrMakeItAGroup) {
  EXPECT_THAT(refusal({"age"}), HasSubstr("row 4: column 'age' is empty"));
  const ContingencyTable table = count_table(path(), {"age"}, {.may_be_missing = {"age"}});
  EXPECT_EQ(table.factors()[0].values.back(), kMissing);
  EXPECT_EQ(table.count(5), 1U);
}

TEST_P(TableInputs, PutNumbersIntoBins) {
  const ContingencyTable table = count_table(
      path(), {"age"}, {.may_be_missing = {"age"}, .bins = {parse_bins("age=18,65,99")}});
  EXPECT_THAT(table.factors()[0].values,
              ElementsAre("<18", "[18, 65)", "[65, 99)", ">=99", kMissing));
  EXPECT_EQ(table.count(0), 1U);
  EXPECT_EQ(table.count(1), 4U);
  EXPECT_EQ(table.count(2), 0U);
}

TEST_P(TableInputs, OfferTheNearestColumnAndRefuseLists) {
  EXPECT_THAT(refusal({"colour"}), HasSubstr("did you mean 'color'?"));
  EXPECT_THAT(refusal({"list"}),
              testing::AnyOf(HasSubstr("is of type list"), HasSubstr("2 elements a row")));
}

TEST_P(TableInputs, RefuseManyValuesWithTheirCount) {
  EXPECT_THAT(refusal({"y", "age"}, {.max_groups = 3, .may_be_missing = {"age"}}),
              HasSubstr("'age' has 6 distinct values where --max-groups allows 3"));
}

INSTANTIATE_TEST_SUITE_P(Kinds, TableInputs,
                         testing::Values("t.parquet", "t.arrow", "t.arrows", "t.h5"));

TEST(Bins, AreReadAndRefused) {
  const Bins bins = parse_bins("age=18,40.5");
  EXPECT_EQ(bins.column, "age");
  EXPECT_EQ(bins.name_of(17.9), "<18");
  EXPECT_EQ(bins.name_of(18), "[18, 40.5)");
  EXPECT_EQ(bins.name_of(40.5), ">=40.5");
  for (const char* text : {"age", "=1", "age=", "age=1,1", "age=2,1", "age=1,x", "age=1,"}) {
    EXPECT_THROW(static_cast<void>(parse_bins(text)), ConfigError) << text;
  }
}

}  // namespace
}  // namespace af::audit

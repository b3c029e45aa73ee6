#include "audit/counts/contingency_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "core/errors.h"

namespace af::audit {
namespace {

using testing::ElementsAre;

/// Cell i of 2 x 3 x 2 has i * i rows.
ContingencyTable squares() {
  ContingencyTable table({{.name = "y", .values = {"n", "p"}},
                          {.name = "g", .values = {"u", "v", "w"}},
                          {.name = "h", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < table.cells(); ++cell) table.add(cell, cell * cell);
  return table;
}

TEST(ContingencyTable, CodesAndCellAreInverse) {
  const ContingencyTable table = squares();
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    EXPECT_EQ(table.cell(table.codes(cell)), cell);
  }
  EXPECT_THAT(table.codes(7), ElementsAre(1, 0, 1));
}

TEST(ContingencyTable, MarginalSumsOverTheOthersInTheOrderAsked) {
  const ContingencyTable marginal = squares().marginal(std::array<std::size_t, 2>{2, 0});
  ASSERT_EQ(marginal.cells(), 4U);
  EXPECT_EQ(marginal.factors()[0].name, "h");
  EXPECT_EQ(marginal.count(0), 0U + 4U + 16U);     // h=0, y=n: cells 0, 2, 4.
  EXPECT_EQ(marginal.count(1), 36U + 64U + 100U);  // h=0, y=p: cells 6, 8, 10.
  EXPECT_EQ(marginal.total(), squares().total());
}

TEST(ContingencyTable, RecodedMovesCountsWithTheirValues) {
  const ContingencyTable before = squares();
  const ContingencyTable after = before.recoded({{.name = "y", .values = {"p", "n"}},
                                                 {.name = "g", .values = {"w", "new", "v", "u"}},
                                                 {.name = "h", .values = {"0", "1"}}});
  EXPECT_EQ(after.total(), before.total());
  EXPECT_EQ(after.count(after.cell(std::array<std::size_t, 3>{1, 0, 1})),
            before.count(before.cell(std::array<std::size_t, 3>{0, 2, 1})));
  EXPECT_EQ(after.count(after.cell(std::array<std::size_t, 3>{0, 1, 1})), 0U);
}

TEST(ContingencyTable, NamesACell) { EXPECT_EQ(squares().cell_name(11), "y=p, g=w, h=1"); }

TEST(ContingencyTable, RefusesMoreCellsThanAnyoneCanRead) {
  const std::vector<std::string> many(2000, "x");
  EXPECT_THROW(ContingencyTable({{.name = "a", .values = many}, {.name = "b", .values = many}}),
               InputError);
}

TEST(SortValues, OrdersNumbersByValueAndTextByBytes) {
  std::vector<std::string> numbers{"10", "9", "-1", "2.5"};
  sort_values(numbers);
  EXPECT_THAT(numbers, ElementsAre("-1", "2.5", "9", "10"));
  std::vector<std::string> texts{"10", "9", "b", "B"};
  sort_values(texts);
  EXPECT_THAT(texts, ElementsAre("10", "9", "B", "b"));
}

TEST(AsNumber, TakesWholeFiniteNumbersOnly) {
  EXPECT_EQ(as_number("1e3"), 1000.0);
  EXPECT_FALSE(as_number("1x"));
  EXPECT_FALSE(as_number(""));
  EXPECT_FALSE(as_number("nan"));
  EXPECT_FALSE(as_number("inf"));
}

}  // namespace
}  // namespace af::audit

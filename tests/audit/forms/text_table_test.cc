#include "audit/forms/text_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/forms/text_lines.h"

namespace af::audit {
namespace {

using testing::ElementsAre;

const Estimate kRate{.value = 0.25, .low = 0.125, .high = 0.5};

/// 68 columns wide.
ShownTable rates() {
  return shown({.columns = {"group", "first rate", "second rate"},
                .rows = {{std::string("red"), kRate, kRate}, {std::string("blue"), kRate, kRate}}});
}

TEST(TextTable, SetsColumnsBelowEachOtherWhereTheyAreTooWide) {
  EXPECT_EQ(text_table(rates(), 68).find("\n\n"), std::string::npos);
  EXPECT_EQ(text_table(rates(), 0), text_table(rates(), 68));
  EXPECT_EQ(text_table(rates(), 40),
            "  group  first rate  95 % interval\n"
            "  red        0.2500  [0.1250, 0.5000]\n"
            "  blue       0.2500  [0.1250, 0.5000]\n"
            "\n"
            "  group  second rate  95 % interval\n"
            "  red         0.2500  [0.1250, 0.5000]\n"
            "  blue        0.2500  [0.1250, 0.5000]\n");
}

TEST(TextTable, BreaksTitlesBeforeItSetsColumnsBelowEachOther) {
  EXPECT_EQ(text_table(rates(), 67),
            "          first                    second\n"
            "  group    rate  95 % interval       rate  95 % interval\n"
            "  red    0.2500  [0.1250, 0.5000]  0.2500  [0.1250, 0.5000]\n"
            "  blue   0.2500  [0.1250, 0.5000]  0.2500  [0.1250, 0.5000]\n");
}

TEST(TextTable, BreaksLongNamesAfterTheirSigns) {
  const ShownTable table =
      shown({.columns = {"name", "rate"},
             .rows = {{std::string("generalized_entropy_index_to_overall"), 0.5}}});
  EXPECT_EQ(text_table(table, 36),
            "  name                          rate\n"
            "  generalized_entropy_index_  0.5000\n"
            "  to_overall\n");
}

TEST(TextTable, RepeatsAsManyColumnsAsNameARow) {
  const ShownTable table = shown({.columns = {"heuristic", "step", "first rate", "second rate"},
                                  .rows = {{std::string("bald"), std::uint64_t{7}, kRate, kRate}},
                                  .keys = 2});
  EXPECT_EQ(text_table(table, 50),
            "  heuristic  step  first rate  95 % interval\n"
            "  bald          7      0.2500  [0.1250, 0.5000]\n"
            "\n"
            "  heuristic  step  second rate  95 % interval\n"
            "  bald          7       0.2500  [0.1250, 0.5000]\n");
}

TEST(TextTable, AlignsLettersOfTwoColumns) {
  const ShownTable table = shown(
      {.columns = {"char", "rate"}, .rows = {{std::string("가"), 0.5}, {std::string("a"), 0.5}}});
  EXPECT_EQ(text_table(table, 80),
            "  char    rate\n"
            "  가    0.5000\n"
            "  a     0.5000\n");
}

TEST(TextLines, CountColumnsNotBytes) {
  EXPECT_EQ(columns_of("naïve"), 5U);
  EXPECT_EQ(columns_of("e\u0301"), 1U);  // An e with an accent that combines.
  EXPECT_EQ(columns_of("日本"), 4U);
}

TEST(TextLines, KeepANumberBesideItsPercent) {
  EXPECT_THAT(lines_of("with its 95 % interval", 12, LongWords::kKept),
              ElementsAre("with its", "95 %", "interval"));
}

TEST(TextLines, KeepOrBreakLongWords) {
  EXPECT_THAT(lines_of("in /a/long/path x", 6, LongWords::kKept),
              ElementsAre("in", "/a/long/path", "x"));
  EXPECT_THAT(lines_of("in /a/long/path x", 6, LongWords::kBroken),
              ElementsAre("in", "/a/", "long/", "path x"));
  EXPECT_THAT(lines_of("abcdefghij", 4, LongWords::kBroken), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(lines_of("", 4, LongWords::kBroken), ElementsAre(""));
}

}  // namespace
}  // namespace af::audit

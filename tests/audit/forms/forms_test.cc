#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "audit/forms/html_report.h"
#include "audit/forms/shown_table.h"
#include "audit/forms/text_report.h"
#include "audit/reports/json_document.h"
#include "audit/reports/shown_numbers.h"

namespace af::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string kHostile = "</script><script>alert(1)</script>\"'&";

Report report_with(const std::string& value) {
  Report report{
      .title = "Title " + value, .facts = {{"Input", value}}, .exhibits = {}, .document = {}};
  report.exhibits.push_back(
      {.title = "Exhibit " + value,
       .says = "Says " + value + ".",
       .table =
           {.columns = {"name " + value, "rate"},
            .rows = {{value,
                      Estimate{
                          .value = 0.25, .low = 0.125, .high = 0.5, .reason = {}, .interval = {}}},
                     {std::string("b"), undefined("Why " + value + ".")}}},
       .chart = {{"data", {{"values", {{{"x", value}}}}}}, {"mark", "point"}},
       .marks = "Marks " + value + ".",
       .finding = "Found " + value + "."});
  return report;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(TextReport, AlignsColumnsAndExplainsWhatIsUndefined) {
  EXPECT_THAT(text_report(report_with("x"), false),
              HasSubstr("  name x           rate  95 % interval\n"
                        "  x              0.2500  [0.1250, 0.5000]\n"
                        "  b       undefined [1]\n"
                        "  [1] Why x.\n"));
}

TEST(TextReport, IsBoldOnlyIfAsked) {
  EXPECT_THAT(text_report(report_with("x"), false), Not(HasSubstr("\033")));
  EXPECT_THAT(text_report(report_with("x"), true), HasSubstr("\033[1mTitle x\033[0m"));
}

TEST(TextReport, LetsNoValueMoveTheCursor) {
  EXPECT_THAT(text_report(report_with("a\033[2Jb\n"), false), Not(HasSubstr("\033")));
}

TEST(TextReport, BreaksSentencesBeforeColumn81) {
  Report report = report_with("x");
  report.exhibits[0].says =
      std::string(40, 'a') + " " + std::string(40, 'b') + " " + std::string(40, 'c');
  std::istringstream lines(text_report(report, false));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(ShownTable, NumbersAReasonOnce) {
  const Table table{
      .columns = {"a", "b"},
      .rows = {{undefined("No rows."), undefined("No rows.")}, {undefined("Other."), 1.0}}};
  EXPECT_THAT(shown(table).notes, ElementsAre("[1] No rows.", "[2] Other."));
}

TEST(ShownNumber, HasAsManyDigitsAsSayAnything) {
  EXPECT_EQ(shown_number(0.12345), "0.1235");
  EXPECT_EQ(shown_number(1), "1.0000");
  EXPECT_EQ(shown_number(250), "250");
  EXPECT_EQ(shown_number(41.12), "41.1");
  EXPECT_EQ(shown_number(0.00002), "2.0e-05");
  EXPECT_EQ(shown_number(0), "0.0000");
}

TEST(ShownP, HasDigitsWhereFourDecimalsWouldShowNone) {
  EXPECT_EQ(shown_p(0.03125), "0.0312");
  EXPECT_EQ(shown_p(3.21e-9), "3.2e-09");
  EXPECT_EQ(shown_p(0.0), "<1e-300");
  EXPECT_EQ(shown_p(0.5, 0.005), "0.5000 +- 0.0050");
}

TEST(ShownTable, KeepsTheNumbersBehindItsTexts) {
  const Table table{
      .columns = {"a", "b"},
      .rows = {{Estimate{.value = 0.25, .low = 0.125, .high = 1.0 / 3}, PValue{.p = 1e-9}},
               {std::uint64_t{7}, Answer{.word = "fails", .tone = Answer::Tone::kBad}}}};
  const ShownTable result = shown(table);
  EXPECT_THAT(result.rows[0][0].numbers, ElementsAre(0.25));
  EXPECT_THAT(result.rows[0][1].numbers, ElementsAre(0.125, 1.0 / 3));
  EXPECT_THAT(result.rows[0][2].numbers, ElementsAre(1e-9));
  EXPECT_THAT(result.rows[1][0].numbers, ElementsAre(7.0));
  EXPECT_EQ(result.rows[1][2].tone, Answer::Tone::kBad);
}

TEST(HtmlReport, EscapesValuesEverywhere) {
  const std::string plain = html_report(report_with("x"));
  const std::string hostile = html_report(report_with(kHostile));
  EXPECT_THAT(hostile, Not(HasSubstr("alert(1)</script>")));
  EXPECT_EQ(occurrences(hostile, "<script"), occurrences(plain, "<script"));
  EXPECT_EQ(occurrences(hostile, "</script"), occurrences(plain, "</script"));
  EXPECT_THAT(hostile, HasSubstr("&lt;/script&gt;&lt;script&gt;alert(1)"));
}

TEST(HtmlReport, ForbidsItselfToLoadAnything) {
  const std::string page = html_report(report_with("x"));
  EXPECT_THAT(page,
              HasSubstr("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"));
  const std::string before_scripts = page.substr(0, page.find("<script>"));
  EXPECT_THAT(before_scripts, Not(HasSubstr("src=")));
  EXPECT_THAT(before_scripts, Not(HasSubstr("<link")));
  EXPECT_THAT(before_scripts, Not(HasSubstr("url(")));
  EXPECT_THAT(page, Not(HasSubstr("sourceMappingURL=vega")));
}

TEST(HtmlReport, SaysAllWithoutScripts) {
  const std::string page = html_report(report_with("x"));
  const std::string before_scripts = page.substr(0, page.find("<script>"));
  EXPECT_THAT(before_scripts, HasSubstr("<details open>"));
  EXPECT_THAT(before_scripts, HasSubstr("<td class=\"number\" data-of=\"0.25\">0.2500</td>"
                                        "<td data-of=\"0.125 0.5\">[0.1250, 0.5000]</td>"));
  EXPECT_THAT(before_scripts, HasSubstr("[1] Why x."));
  EXPECT_THAT(before_scripts, HasSubstr("role=\"img\" aria-label=\"Exhibit x. Found x. Says x. Marks x.\""));
}

TEST(HtmlReport, NamesTheRowsAndColumnsOfItsTables) {
  Report report = report_with("x");
  report.exhibits[0].table = {.columns = {"class", "group", "rate"},
                              .rows = {{std::string("a"), std::string("u"), 0.5},
                                       {std::string(), std::string("v"), 0.25},
                                       {std::string("b"), std::string("u"), 0.125}}};
  const std::string page = html_report(report);
  EXPECT_THAT(page, HasSubstr("<caption>Exhibit x</caption>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"col\" class=\"number\">rate</th>"));
  EXPECT_THAT(page, HasSubstr("<tr><th scope=\"rowgroup\" rowspan=\"2\" dir=\"auto\">a</th>"
                              "<th scope=\"row\" dir=\"auto\">u</th>"));
  EXPECT_THAT(page, HasSubstr("<tr><th scope=\"row\" dir=\"auto\">v</th>"));
}

TEST(TextReport, LeavesOutWhatTheMarksOfAChartStandFor) {
  EXPECT_THAT(text_report(report_with("x"), false), HasSubstr("  Found x.\n  Says x.\n"));
  EXPECT_THAT(text_report(report_with("x"), false), Not(HasSubstr("Marks")));
}

TEST(HtmlReport, CarriesTheLicencesOfItsLibraries) {
  const std::string page = html_report(report_with("x"));
  for (const char* package : {"vega 6", "vega-lite 6", "vega-embed 7", "d3-scale "}) {
    EXPECT_THAT(page, HasSubstr(package));
  }
  EXPECT_THAT(page, HasSubstr("Redistribution and use in source and binary forms"));
}

TEST(ScriptJson, IsTheSameValueWithoutATag) {
  const nlohmann::json value{{"a", kHostile}, {"b", 0.1}};
  EXPECT_THAT(script_json(value), Not(HasSubstr("<")));
  EXPECT_EQ(nlohmann::json::parse(script_json(value)), value);
}

TEST(EstimateJson, IsNullWithAReasonWhereUndefined) {
  const Json json = estimate_json(undefined("There are no rows."));
  EXPECT_TRUE(json.at("value").is_null());
  EXPECT_TRUE(json.at("low").is_null());
  EXPECT_EQ(json.at("reason"), "There are no rows.");
  EXPECT_TRUE(estimate_json(without_interval(0.1, "none")).at("reason").is_null());
}

TEST(EstimateJson, KeepsFullPrecision) {
  const double value = 1.0 / 3.0;
  const std::string text = estimate_json(without_interval(value, "none")).dump();
  EXPECT_EQ(Json::parse(text).at("value").get<double>(), value);
}

}  // namespace
}  // namespace af::audit

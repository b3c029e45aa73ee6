#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/forms/csv_report.h"
#include "audit/forms/junit_report.h"
#include "audit/forms/markdown_report.h"
#include "audit/gates/figures.h"
#include "audit/gates/gate_policy.h"
#include "audit/inputs/csv_table.h"
#include "audit/metrics/predictions.h"
#include "audit/reports/predictions_report.h"
#include "tests/support/program.h"

namespace af::audit {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHostile = "a|b\n<x>\"&\x01,";

Report report() {
  ContingencyTable table({{.name = "color", .values = {"blue", kHostile}},
                          {.name = "label", .values = {"0", "1"}},
                          {.name = "prediction", .values = {"0", "1"}}});
  for (std::size_t cell = 0; cell < table.cells(); ++cell) table.add(cell, 3 + 2 * cell);
  return predictions_report(audit_predictions(table, {}), "p.csv");
}

TEST(CsvReport, HoldsEveryFigureInFullPrecision) {
  const test::TempDir folder;
  const Report all = report();
  test::write_bytes(folder / "r.csv", csv_report(all));
  const CsvTable csv(folder / "r.csv");
  const Figures figures(all.document);
  ASSERT_EQ(csv.rows(), figures.all().size());
  const std::size_t color = csv.column("color");
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const Figure& figure = figures.all()[row];
    EXPECT_EQ(csv.number(csv.column("value"), row), figure.estimate.value);
    EXPECT_EQ(csv.number(csv.column("low"), row), figure.estimate.low);
    EXPECT_EQ(csv.text(csv.column("reason"), row), figure.estimate.reason);
    EXPECT_EQ(csv.text(color, row), figure.where.empty() ? "" : figure.where[0].second);
  }
}

TEST(CsvReport, HasTheGatesOnTop) {
  Report all = report();
  apply_gates(gates_of({"rows > 10"}, 0), all);
  const std::string text = csv_report(all);
  const std::size_t second = text.find('\n') + 1;
  EXPECT_THAT(text.substr(second, text.find('\n', second) - second),
              HasSubstr("gate fail-if 1,,80,,,,failed: rows > 10: it is 80: it holds."));
}

TEST(MarkdownReport, ShowsValuesAsTheyAre) {
  const std::string text = markdown_report(report());
  EXPECT_THAT(text, HasSubstr("| a\\|b\\\\x0a\\<x\\>\"\\&\\\\x01, |"));
  EXPECT_THAT(text, HasSubstr("## Metrics by group"));
  EXPECT_THAT(text, Not(HasSubstr("<x>")));
}

TEST(JunitReport, MakesAFailureAndAnErrorOfWhatDidNotPass) {
  Report all = report();
  const auto results =
      apply_gates(gates_of({"rows > 10", "rows < 10", "precision_ratio < 0.8"}, 0), all);
  const std::string text = junit_report(results, kHostile);
  EXPECT_THAT(text, HasSubstr("tests=\"3\" failures=\"1\" errors=\"1\""));
  EXPECT_THAT(text, HasSubstr("<failure type=\"failed\" message=\"rows &gt; 10\">"));
  EXPECT_THAT(text, HasSubstr("<error type=\"undetermined\""));
  EXPECT_THAT(text, HasSubstr("name=\"a|b\\x0a&lt;x&gt;&quot;&amp;\\x01,\""));
}

}  // namespace
}  // namespace af::audit

#include "audit/gates/gate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/gates/gate_policy.h"
#include "audit/metrics/predictions.h"
#include "audit/reports/predictions_report.h"
#include "core/errors.h"
#include "core/random.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::audit {
namespace {

using testing::HasSubstr;

/// Two groups of 100 rows with 50 and `selected` of them selected.
Report report_of(std::uint64_t selected, std::uint64_t times = 1) {
  ContingencyTable table({{.name = "color", .values = {"blue", "red"}},
                          {.name = "label", .values = {"0", "1"}},
                          {.name = "prediction", .values = {"0", "1"}}});
  const std::vector<std::uint64_t> counts{30,
                                          20,
                                          20,
                                          30,
                                          60 - selected / 2,
                                          selected / 2,
                                          40 - (selected - selected / 2),
                                          selected - selected / 2};
  for (std::size_t cell = 0; cell < counts.size(); ++cell) table.add(cell, counts[cell] * times);
  return predictions_report(audit_predictions(table, {}), "p.csv");
}

GateResult judged(const std::string& condition, const Report& report, std::uint64_t min_group = 0) {
  return judge(gates_of({condition}, min_group).front(), Figures(report.document));
}

Verdict verdict(const std::string& condition, std::uint64_t selected = 60,
                std::uint64_t min_group = 0) {
  return judged(condition, report_of(selected), min_group).verdict;
}

TEST(Gate, FailsIfItsConditionHoldsOnTheWholeInterval) {
  // Difference 0.4, Newcombe [0.27, 0.51].
  EXPECT_EQ(verdict("demographic_parity_difference > 0.2", 10), Verdict::kFailed);
  EXPECT_EQ(verdict("demographic_parity_difference > 0.6", 10), Verdict::kPassed);
  EXPECT_EQ(verdict("demographic_parity_difference < 0.6", 10), Verdict::kFailed);
  EXPECT_EQ(verdict("demographic_parity_difference <= 0.2", 10), Verdict::kPassed);
}

TEST(Gate, IsUndeterminedIfTheIntervalStraddlesTheBound) {
  const GateResult result = judged("demographic_parity_difference > 0.05", report_of(60));
  EXPECT_EQ(result.verdict, Verdict::kUndetermined);
  EXPECT_THAT(result.judgements[0].reason, HasSubstr("the interval holds the bound 0.05"));
  EXPECT_THAT(result.judgements[0].reason, HasSubstr("rows in the present proportions"));
}

TEST(Gate, SaysAboutHowManyRowsWouldDecide) {
  const GateResult result = judged("demographic_parity_difference > 0.05", report_of(60));
  const std::uint64_t rows = result.judgements[0].rows_needed.value();
  const auto decided = [](std::uint64_t times) {
    return judged("demographic_parity_difference > 0.05", report_of(60, times)).verdict;
  };
  EXPECT_EQ(decided(rows * 12 / 10 / 200 + 1), Verdict::kFailed);
  EXPECT_EQ(decided(rows * 8 / 10 / 200), Verdict::kUndetermined);
}

TEST(Gate, ComparesEndsAndValuesAsNumbers) {
  EXPECT_EQ(verdict("value(demographic_parity_difference) > 0.05"), Verdict::kFailed);
  EXPECT_EQ(verdict("low(demographic_parity_difference) > 0.05"), Verdict::kPassed);
  EXPECT_EQ(verdict("high(demographic_parity_difference) > 0.05"), Verdict::kFailed);
}

TEST(Gate, TakesCountsAsExact) {
  EXPECT_EQ(verdict("count[color=red] < 100"), Verdict::kPassed);
  EXPECT_EQ(verdict("count[color=red] == 100"), Verdict::kFailed);
  EXPECT_EQ(verdict("rows != 200"), Verdict::kPassed);
  EXPECT_EQ(verdict("count[color=red] < 101", 60, 1'000), Verdict::kFailed);
}

TEST(Gate, FindsFiguresOfGroupsAndOverall) {
  EXPECT_EQ(verdict("selection_rate[color=red] > 0.9"), Verdict::kPassed);
  EXPECT_EQ(verdict("selection_rate > 0.9 or overall.selection_rate > 0.9"), Verdict::kPassed);
  EXPECT_EQ(verdict("share[color=red] > 0.4"), Verdict::kFailed);
  EXPECT_EQ(verdict("by_group.metrics.precision[color=blue] > 0.1"), Verdict::kFailed);
}

TEST(Gate, IsUndeterminedOverAnUndefinedMetric) {
  const GateResult result = judged("precision_difference > 0.1", report_of(0));
  EXPECT_EQ(result.verdict, Verdict::kUndetermined);
  EXPECT_THAT(result.judgements[0].reason, HasSubstr("no positive predictions"));
  // What is known already decides an "or" and an "and".
  EXPECT_EQ(verdict("precision_difference > 0.1 or rows > 10", 0), Verdict::kFailed);
  EXPECT_EQ(verdict("precision_difference > 0.1 and rows < 10", 0), Verdict::kPassed);
}

TEST(Gate, IsUndeterminedIfAGroupIsTooSmall) {
  const GateResult result = judged("demographic_parity_difference > 0.2", report_of(10), 150);
  EXPECT_EQ(result.verdict, Verdict::kUndetermined);
  EXPECT_THAT(result.judgements[0].reason, HasSubstr("color=blue has 100 rows"));
  EXPECT_EQ(result.judgements[0].rows_needed, 300U);
  EXPECT_EQ(verdict("demographic_parity_difference > 0.2", 10, 100), Verdict::kFailed);
}

TEST(Gate, OffersTheNearestNameOfAFigure) {
  const auto refusal = [](const std::string& condition) -> std::string {
    return test::refusal<ConfigError>([&] { return judged(condition, report_of(60)); });
  };
  EXPECT_THAT(refusal("demografic_parity_difference > 0"),
              HasSubstr("did you mean 'demographic_parity_difference'?"));
  EXPECT_THAT(refusal("accuracy[color=rad] > 0"), HasSubstr("did you mean 'accuracy[color=red]'?"));
}

TEST(Gate, RefusesANameThatFitsSeveralFigures) {
  Report report = report_of(60);
  report.document.erase("overall");
  EXPECT_THAT(test::refusal<ConfigError>([&] { return judged("accuracy > 0", report); }),
              HasSubstr("'accuracy' fits accuracy[color=blue] and"));
}

TEST(Gate, StandsOnTopOfEveryForm) {
  Report report = report_of(60);
  const auto results = apply_gates(gates_of({"rows > 10", "rows < 10"}, 0), report);
  EXPECT_EQ(together(results), Verdict::kFailed);
  EXPECT_EQ(report.exhibits.front().title, "Gates: failed");
  EXPECT_EQ(report.document.at("verdict"), "failed");
  EXPECT_EQ(report.document.at("gates")[1].at("verdict"), "passed");
  EXPECT_EQ(report.document.at("rows"), 200);
}

TEST(Gate, FailsBeforeItIsUndetermined) {
  const auto of = [](std::vector<Verdict> verdicts) {
    std::vector<GateResult> results;
    for (const Verdict one : verdicts)
      results.push_back({.name = {}, .text = {}, .because = {}, .verdict = one, .judgements = {}});
    return together(results);
  };
  EXPECT_EQ(of({Verdict::kUndetermined, Verdict::kFailed, Verdict::kPassed}), Verdict::kFailed);
  EXPECT_EQ(of({Verdict::kUndetermined, Verdict::kPassed}), Verdict::kUndetermined);
  EXPECT_EQ(of({}), Verdict::kPassed);
}

/// Interval arithmetic against all values of a fine grid inside the interval.
TEST(Gate, AnswersAsEveryValueOfTheIntervalDoes) {
  for (std::uint64_t index = 0; index < 5'000; ++index) {
    Stream stream(20'260'120, Purpose::kTest, index);
    const double low = stream.below(5);
    const double high = low + stream.below(3);
    Figure figure{.path = {"x"},
                  .where = {},
                  .estimate = {.value = (low + high) / 2, .low = low, .high = high},
                  .rows = 10,
                  .smallest_group = 0,
                  .smallest_name = {}};
    const Comparison comparison{.aspect = Aspect::kInterval,
                                .figure = {.name = "x", .where = {}},
                                .relation = static_cast<Relation>(stream.below(6)),
                                .number = static_cast<double>(stream.below(7))};
    bool all = true;
    bool any = false;
    for (double value = low; value <= high; value += 0.25) {
      const bool here = holds(value, comparison.relation, comparison.number);
      all = all && here;
      any = any || here;
    }
    const Truth expected = all ? Truth::kTrue : any ? Truth::kUnknown : Truth::kFalse;
    EXPECT_EQ(judge(comparison, figure, 0).holds, expected) << to_text(comparison) << low << high;
  }
}

class GatePolicy : public testing::Test {
 protected:
  std::vector<Gate> read(const std::string& text) const {
    test::write_bytes(folder_ / "policy.toml", text);
    return read_policy(folder_ / "policy.toml", 7);
  }
  std::string refusal(const std::string& text) const {
    return test::refusal<ConfigError>([&] { return read(text); });
  }
  test::TempDir folder_;
};

TEST_F(GatePolicy, HoldsNamedGates) {
  const auto gates = read(
      "min_group = 30\n[[gate]]\nname = 'a'\nfail_if = 'x > 1'\nbecause = 'why'\n"
      "[[gate]]\nname = 'b'\nfail_if = 'y > 1'\nmin_group = 5\n");
  ASSERT_EQ(gates.size(), 2U);
  EXPECT_EQ(gates[0].name, "a");
  EXPECT_EQ(gates[0].min_group, 30U);
  EXPECT_EQ(gates[0].because, "why");
  EXPECT_EQ(gates[1].min_group, 5U);
  EXPECT_EQ(read("[[gate]]\nname = 'a'\nfail_if = 'x > 1'\n")[0].min_group, 7U);
}

TEST_F(GatePolicy, SaysWhereItCannotBeRead) {
  EXPECT_THAT(refusal("[[gate]\n"), HasSubstr("policy.toml, line 1"));
  EXPECT_THAT(refusal("x = 1\n[[gate]]\nname = 'a'\nfail_if = 'x > 1'\n"),
              HasSubstr("line 1: unknown key 'x'"));
  EXPECT_THAT(refusal("[[gate]]\nname = 'a'\nfail_iff = 'x > 1'\n"),
              HasSubstr("line 3: unknown key 'fail_iff' (did you mean 'fail_if'?)"));
  EXPECT_THAT(refusal("[[gate]]\nname = 'a'\n"), HasSubstr("line 1: the gate has no fail_if"));
  EXPECT_THAT(refusal("[[gate]]\nname = 'a'\nfail_if = 3\n"),
              HasSubstr("line 3: 'fail_if' is not a text"));
  EXPECT_THAT(refusal("[[gate]]\nname = 'a'\nfail_if = 'x >'\n"),
              HasSubstr("gate 'a', character 4: expected a number"));
  EXPECT_THAT(refusal("[[gate]]\nname='a'\nfail_if='x>1'\n[[gate]]\nname='a'\nfail_if='x>1'\n"),
              HasSubstr("two gates named 'a'"));
  EXPECT_THAT(refusal("min_group = 3\n"), HasSubstr("no [[gate]]"));
  EXPECT_THAT(refusal("gate = [1]\n"), HasSubstr("line 1: expected [[gate]]"));
  EXPECT_THAT(refusal("[[gate]]\nname='a'\nfail_if='x>1'\nmin_group=-1\n"),
              HasSubstr("'min_group'"));
}

}  // namespace
}  // namespace af::audit

#include "audit/reports/relation_report.h"

#include <fmt/format.h>

#include <span>

#include "audit/reports/group_tables.h"
#include "audit/reports/simpson_report.h"
#include "audit/reports/test_report.h"

namespace af::audit {
namespace {

using Groups = std::span<const std::size_t>;

std::vector<std::string> names_of(const Composition& composition, Groups groups) {
  std::vector<std::string> names;
  for (const std::size_t group : groups) {
    names.push_back(composition.cells.factors()[group].name);
  }
  return names;
}

std::string joined_names(const Composition& composition, Groups groups) {
  return fmt::format("{}", fmt::join(names_of(composition, groups), ", "));
}

Exhibit tests_exhibit(const Composition& composition) {
  const std::string target = composition.cells.factors()[0].name;
  Exhibit exhibit{
      .title = fmt::format("Is {} independent of the groups?", target),
      .says =
          "p: chance of a table at least this far from independence if they were independent; "
          "Holm: adjusted for all tests of this table. Chi-square and G are approximations; "
          "Fisher's test is exact, or of random tables where there are too many, with its "
          "simulation's standard error behind +-.",
      .table = {.columns = {"against", "test", "statistic", "df", "p", "p (Holm)",
                            "expected >=", "how"},
                .rows = {}},
      .chart = {}};
  for (const Relation& relation : composition.relations) {
    std::string against = joined_names(composition, relation.groups);
    for (const TestResult& test : relation.tests) {
      auto& row = exhibit.table.rows.emplace_back();
      row = {against,
             shown_test(test),
             test.statistic ? Field(*test.statistic) : Field(),
             test.degrees_of_freedom ? Field(static_cast<std::uint64_t>(*test.degrees_of_freedom))
                                     : Field(),
             p_field(test),
             holm_field(test),
             relation.smallest_expected ? Field(*relation.smallest_expected) : Field(),
             test.method};
      against.clear();
    }
  }
  return exhibit;
}

Exhibit association_exhibit(const Composition& composition) {
  Exhibit exhibit{
      .title = "Strength of the association",
      .says =
          "Cramer's V: 0 independent, 1 determined; corrected for its bias in small samples "
          "(Bergsma), with a 95 % interval from the noncentral chi-square distribution, which "
          "is wide where V is large. MI: mutual information in nats, at most H, the entropy "
          "of class or group.",
      .table = {.columns = {"against", "corrected V", "V", "MI", "H(class)", "H(group)"},
                .rows = {}},
      .chart = {}};
  for (const Relation& relation : composition.relations) {
    exhibit.table.rows.push_back({joined_names(composition, relation.groups),
                                  relation.corrected_cramers_v, relation.cramers_v,
                                  relation.mutual_information, relation.class_entropy,
                                  relation.group_entropy});
  }
  return exhibit;
}

Answer verdict_answer(RuleVerdict verdict) {
  switch (verdict) {
    case RuleVerdict::kHolds: return {.word = "holds", .tone = Answer::Tone::kGood};
    case RuleVerdict::kFails: return {.word = "fails", .tone = Answer::Tone::kBad};
    case RuleVerdict::kUndetermined: break;
  }
  return {.word = "undetermined", .tone = Answer::Tone::kOpen};
}

Exhibit four_fifths_exhibit(const Composition& composition) {
  const Factor& target = composition.cells.factors()[0];
  Exhibit exhibit{
      .title = "Rule of four fifths",
      .says =
          "Smallest over largest P(class | group), with Koopman's 95 % score interval for these "
          "two groups. The rule asks for 0.8: it holds or fails if all of the interval does.",
      .table = {.columns = {target.name, "least", "most", "ratio", "rule"}, .rows = {}},
      .chart = {}};
  for (std::size_t value = 0; value < composition.four_fifths.size(); ++value) {
    const FourFifths& rule = composition.four_fifths[value];
    const bool defined = rule.ratio.value.has_value();
    const auto group = [&](std::size_t g) {
      return defined ? cell_values(composition.frame.groups, g) : std::string();
    };
    exhibit.table.rows.push_back({target.values[value], group(rule.lowest), group(rule.highest),
                                  rule.ratio, verdict_answer(rule.verdict)});
  }
  return exhibit;
}

Exhibit fairness_exhibit(const Composition& composition) {
  return {.title = "Differential fairness",
          .says =
              "Largest |log| of the ratio of two groups' P(class | group), over classes and "
              "groups that have rows (Foulds et al. 2020); 0: no difference.",
          .table = {.columns = {"shares", "epsilon"},
                    .rows = {{std::string("empirical"), composition.differential_fairness},
                             {std::string("smoothed: one row more in every cell"),
                              composition.smoothed_fairness}}},
          .chart = {}};
}

Json relations_json(const Composition& composition) {
  Json list = Json::array();
  for (const Relation& relation : composition.relations) {
    Json tests = Json::array();
    for (const TestResult& test : relation.tests) tests.push_back(test_json(test));
    list.push_back({{"target", composition.cells.factors()[0].name},
                    {"groups", names_of(composition, relation.groups)},
                    {"smallest_expected",
                     relation.smallest_expected ? Json(*relation.smallest_expected) : Json()},
                    {"tests", std::move(tests)},
                    {"cramers_v", estimate_json(relation.cramers_v)},
                    {"corrected_cramers_v", estimate_json(relation.corrected_cramers_v)},
                    {"mutual_information_nats", relation.mutual_information},
                    {"target_entropy_nats", relation.class_entropy},
                    {"group_entropy_nats", relation.group_entropy}});
  }
  return list;
}

Json four_fifths_json(const Composition& composition) {
  const Factor& target = composition.cells.factors()[0];
  Json list = Json::array();
  for (std::size_t value = 0; value < composition.four_fifths.size(); ++value) {
    const FourFifths& rule = composition.four_fifths[value];
    const auto group = [&](std::size_t g) {
      return rule.ratio.value ? cell_json(composition.frame.groups, g) : Json(nullptr);
    };
    list.push_back({{"target", {{target.name, target.values[value]}}},
                    {"lowest", group(rule.lowest)},
                    {"highest", group(rule.highest)},
                    {"ratio", estimate_json(rule.ratio)},
                    {"verdict", verdict_answer(rule.verdict).word}});
  }
  return list;
}

}  // namespace

void add_relations(Report& report, const Composition& composition) {
  report.exhibits.push_back(tests_exhibit(composition));
  report.exhibits.push_back(association_exhibit(composition));
  report.exhibits.push_back(four_fifths_exhibit(composition));
  report.exhibits.push_back(fairness_exhibit(composition));
  report.document["relations"] = relations_json(composition);
  report.document["four_fifths"] = four_fifths_json(composition);
  report.document["differential_fairness"] = {
      {"empirical", estimate_json(composition.differential_fairness)},
      {"smoothed", estimate_json(composition.smoothed_fairness)}};
  if (composition.cells.factors().size() > 2) {
    add_reversals(report, composition.reversals,
                  fmt::format("P({} | group) inside the values of every other column",
                              composition.cells.factors()[0].name));
  }
}

}  // namespace af::audit

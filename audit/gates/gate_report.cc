#include "audit/gates/gate_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace af::audit {
namespace {

Json truth_json(Truth truth) {
  return truth == Truth::kUnknown ? Json(nullptr) : Json(truth == Truth::kTrue);
}

Answer verdict_answer(Verdict verdict) {
  using enum Answer::Tone;
  const auto tone = verdict == Verdict::kPassed   ? kGood
                    : verdict == Verdict::kFailed ? kBad
                                                  : kOpen;
  return {.word = name_of(verdict), .tone = tone};
}

Json judgement_json(const Judgement& judgement) {
  return {{"comparison", judgement.comparison},
          {"holds", truth_json(judgement.holds)},
          {"value", number_or_null(judgement.figure.value)},
          {"low", number_or_null(judgement.figure.low)},
          {"high", number_or_null(judgement.figure.high)},
          {"reason", judgement.reason},
          {"rows_needed", judgement.rows_needed ? Json(*judgement.rows_needed) : Json(nullptr)}};
}

Exhibit gates_exhibit(std::span<const GateResult> results) {
  Exhibit exhibit{
      .title = fmt::format("Gates: {}", name_of(together(results))),
      .says =
          "A gate fails if its condition holds on the whole interval of each figure, and passes "
          "if it holds nowhere on it; in between, and where a figure is undefined or of too "
          "small a group, it is undetermined.",
      .table = {.columns = {"verdict", "gate", "fails if", "value"}, .rows = {}},
      .chart = {}};
  for (const GateResult& result : results) {
    auto& row = exhibit.table.rows.emplace_back();
    row = {verdict_answer(result.verdict), result.name, result.text};
    const bool alone =
        result.judgements.size() == 1 && result.judgements[0].comparison == result.text;
    if (!alone) row.emplace_back();
    if (!result.because.empty()) {
      exhibit.table.notes.push_back(fmt::format("{}: {}", result.name, result.because));
    }
    for (const Judgement& one : result.judgements) {
      std::vector<Field>& line = alone ? row : exhibit.table.rows.emplace_back();
      if (!alone) line = {std::string(), std::string(), "  " + one.comparison};
      line.emplace_back(one.figure);
      exhibit.table.notes.push_back(fmt::format("{}: {}", one.comparison, one.reason));
    }
  }
  return exhibit;
}

}  // namespace

Json gates_json(std::span<const GateResult> results) {
  Json list = Json::array();
  for (const GateResult& result : results) {
    Json comparisons = Json::array();
    for (const Judgement& one : result.judgements) comparisons.push_back(judgement_json(one));
    list.push_back({{"name", result.name},
                    {"condition", result.text},
                    {"because", text_or_null(result.because)},
                    {"verdict", name_of(result.verdict)},
                    {"comparisons", std::move(comparisons)}});
  }
  return list;
}

void put_on_top(Report& report, std::span<const GateResult> results) {
  report.exhibits.insert(report.exhibits.begin(), gates_exhibit(results));
  Json document = Json::object();
  for (const char* key : {"kind", "source"}) {
    if (report.document.contains(key)) document[key] = report.document[key];
  }
  document["verdict"] = name_of(together(results));
  document["gates"] = gates_json(results);
  for (auto& [key, value] : report.document.items()) {
    if (!document.contains(key)) document[key] = std::move(value);
  }
  report.document = std::move(document);
}

}  // namespace af::audit

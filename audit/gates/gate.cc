#include "audit/gates/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "audit/gates/gate_report.h"

namespace af::audit {
namespace {

std::string shown_interval(const Estimate& figure) {
  return figure.low ? fmt::format(" [{:.4g}, {:.4g}]", *figure.low, *figure.high) : std::string();
}

std::string shown_figure(const Comparison& comparison, const Estimate& figure) {
  switch (comparison.aspect) {
    case Aspect::kLow: return fmt::format("the lower end is {:.6g}", *figure.low);
    case Aspect::kHigh: return fmt::format("the upper end is {:.6g}", *figure.high);
    case Aspect::kValue: return fmt::format("the value is {:.6g}", *figure.value);
    case Aspect::kInterval: break;
  }
  return fmt::format("it is {:.6g}{}", *figure.value, shown_interval(figure));
}

/// The smallest and the largest that the compared quantity may be.
std::optional<std::pair<double, double>> range_of(Aspect aspect, const Estimate& figure) {
  switch (aspect) {
    case Aspect::kValue: return std::pair(*figure.value, *figure.value);
    case Aspect::kLow:
    case Aspect::kHigh: {
      if (!figure.low) return std::nullopt;
      const double end = aspect == Aspect::kLow ? *figure.low : *figure.high;
      return std::pair(end, end);
    }
    case Aspect::kInterval: break;
  }
  if (figure.low) return std::pair(*figure.low, *figure.high);
  if (figure.exact) return std::pair(*figure.value, *figure.value);
  return std::nullopt;
}

Truth holds_on(std::pair<double, double> range, Relation relation, double bound) {
  if (relation == Relation::kNotEqual) return negated(holds_on(range, Relation::kEqual, bound));
  const auto [low, high] = range;
  if (relation == Relation::kEqual && low < bound && bound < high) return Truth::kUnknown;
  const bool at_low = holds(low, relation, bound);
  const bool at_high = holds(high, relation, bound);
  if (at_low != at_high) return Truth::kUnknown;
  return at_low ? Truth::kTrue : Truth::kFalse;
}

/// n (h/d)^2 with h from the value to the interval's end on the bound's side, d to the bound: the
/// interval has just left the bound behind when its half-width has shrunk to d.
std::optional<std::uint64_t> rows_to_decide(const Figure& figure, double bound) {
  const double distance = std::abs(*figure.estimate.value - bound);
  const double half = bound > *figure.estimate.value
                          ? *figure.estimate.high - *figure.estimate.value
                          : *figure.estimate.value - *figure.estimate.low;
  const double rows = std::ceil(static_cast<double>(figure.rows) * std::pow(half / distance, 2));
  if (!(distance > 0) || !(rows < 1e15)) return std::nullopt;
  return std::max(static_cast<std::uint64_t>(rows), figure.rows + 1);
}

const char* rows_are(const Figure& figure) {
  return figure.where.empty() ? "rows in the present proportions" : "rows of the group";
}

Judgement unknown(Judgement judgement, std::string reason) {
  judgement.holds = Truth::kUnknown;
  judgement.reason = std::move(reason);
  return judgement;
}

Judgement straddling(Judgement judgement, const Comparison& comparison, const Figure& figure) {
  judgement.rows_needed = rows_to_decide(figure, comparison.number);
  std::string needed = "no number of rows would decide it while its value is the bound itself";
  if (judgement.rows_needed) {
    needed = fmt::format(
        "about {} {} would decide it (there are {}), if the value stays and the interval narrows "
        "as 1/sqrt(rows)",
        *judgement.rows_needed, rows_are(figure), figure.rows);
  }
  return unknown(std::move(judgement),
                 fmt::format("{}, and the interval holds the bound {:.6g}; {}.",
                             shown_figure(comparison, figure.estimate), comparison.number, needed));
}

Judgement too_small(Judgement judgement, const Figure& figure, std::uint64_t min_group) {
  std::string needed = "an empty group needs other data, not more";
  if (figure.smallest_group > 0) {
    const double factor =
        static_cast<double>(min_group) / static_cast<double>(figure.smallest_group);
    judgement.rows_needed =
        static_cast<std::uint64_t>(std::ceil(factor * static_cast<double>(figure.rows)));
    needed = fmt::format("about {} {} would give it that many", *judgement.rows_needed,
                         rows_are(figure));
  }
  return unknown(std::move(judgement),
                 fmt::format("{} has {} rows, and a group needs {} to decide (--min-group); {}.",
                             figure.smallest_name, figure.smallest_group, min_group, needed));
}

}  // namespace

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed: return "passed";
    case Verdict::kFailed: return "failed";
    case Verdict::kUndetermined: break;
  }
  return "undetermined";
}

Judgement judge(const Comparison& comparison, const Figure& figure, std::uint64_t min_group) {
  const Estimate& estimate = figure.estimate;
  Judgement judgement{
      .comparison = to_text(comparison), .figure = estimate, .reason = {}, .rows_needed = {}};
  if (!estimate.value) {
    return unknown(std::move(judgement), fmt::format("it is undefined: {}", estimate.reason));
  }
  // A count is what it is in a small group too.
  if (!estimate.exact && !figure.smallest_name.empty() && figure.smallest_group < min_group) {
    return too_small(std::move(judgement), figure, min_group);
  }
  const auto range = range_of(comparison.aspect, estimate);
  if (!range) {
    return unknown(
        std::move(judgement),
        fmt::format("it is {:.6g} but has no interval to decide on; value({}) decides by "
                    "the value alone.",
                    *estimate.value, to_text(comparison.figure)));
  }
  judgement.holds = holds_on(*range, comparison.relation, comparison.number);
  if (judgement.holds == Truth::kUnknown) {
    return straddling(std::move(judgement), comparison, figure);
  }
  judgement.reason = fmt::format("{}: {}.", shown_figure(comparison, estimate),
                                 judgement.holds == Truth::kTrue ? "it holds" : "it does not hold");
  return judgement;
}

GateResult judge(const Gate& gate, const Figures& figures) {
  GateResult result{
      .name = gate.name, .text = gate.text, .because = gate.because, .judgements = {}};
  const Truth truth = evaluate(gate.condition, [&](const Comparison& comparison) {
    const Figure& figure = figures.find(comparison.figure, gate.source);
    result.judgements.push_back(judge(comparison, figure, gate.min_group));
    return result.judgements.back().holds;
  });
  if (truth == Truth::kTrue) result.verdict = Verdict::kFailed;
  if (truth == Truth::kFalse) result.verdict = Verdict::kPassed;
  return result;
}

Verdict together(std::span<const GateResult> results) {
  Verdict worst = Verdict::kPassed;
  for (const GateResult& result : results) worst = std::max(worst, result.verdict);
  return worst;
}

std::vector<GateResult> apply_gates(std::span<const Gate> gates, Report& report) {
  if (gates.empty()) return {};
  const Figures figures(report.document);
  std::vector<GateResult> results;
  for (const Gate& gate : gates) results.push_back(judge(gate, figures));
  put_on_top(report, results);
  return results;
}

}  // namespace af::audit

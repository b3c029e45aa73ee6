#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/gates/figures.h"
#include "audit/gates/gate_condition.h"
#include "audit/reports/report.h"

/// Gates: conditions on the figures of a report that must not hold. Where the data cannot tell, the
/// answer is neither yes nor no.
namespace af::audit {

struct Gate {
  std::string name;
  std::string text;             ///< The condition as it was written.
  Condition condition;          ///< The gate fails if it holds.
  std::uint64_t min_group = 0;  ///< A figure of a smaller group decides nothing.
  std::string because;          ///< What the gate is there for; may be empty.
  std::string source;           ///< Where it was written, for messages.
};

enum class Verdict { kPassed, kUndetermined, kFailed };

[[nodiscard]] const char* name_of(Verdict verdict);

/// One comparison of a gate, answered.
struct Judgement {
  std::string comparison;  ///< "accuracy_difference > 0.1"
  Estimate figure;
  Truth holds = Truth::kUnknown;
  std::string reason;  ///< One sentence, whatever the answer.
  /// Rows that would decide it: rows of all groups together in the present proportions, or of
  /// the one group that the figure is of, if the value stays and the interval's width goes as
  /// 1/sqrt(rows). Empty unless `holds` is unknown and some number would do.
  std::optional<std::uint64_t> rows_needed;
};

struct GateResult {
  std::string name;
  std::string text;
  std::string because;
  Verdict verdict = Verdict::kUndetermined;
  std::vector<Judgement> judgements;
};

/// A comparison holds if it holds on the whole interval of the figure, does not hold if it holds
/// nowhere on it, and is undetermined in between, if the figure is undefined or not exact and
/// without an interval, or if its smallest group has fewer rows than `min_group`.
[[nodiscard]] Judgement judge(const Comparison& comparison, const Figure& figure,
                              std::uint64_t min_group);

/// @throws ConfigError if a figure is not in the report.
[[nodiscard]] GateResult judge(const Gate& gate, const Figures& figures);

/// Failed if any failed, else undetermined if any is, else passed.
[[nodiscard]] Verdict together(std::span<const GateResult> results);

/// Judges the gates and puts the answers on top of the report, in all its forms.
/// @throws ConfigError as `judge`.
std::vector<GateResult> apply_gates(std::span<const Gate> gates, Report& report);

}  // namespace af::audit

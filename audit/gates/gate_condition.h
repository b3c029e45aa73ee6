#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The conditions of gates: comparisons of figures with numbers, combined.
///
///   condition  = and { "or" and }             "and" binds tighter than "or"
///   and        = not { "and" not }
///   not        = "not" not | "(" condition ")" | comparison
///   comparison = operand relation operand     one of them a number, the other a figure
///   relation   = "<" | "<=" | ">" | ">=" | "==" | "!="
///   figure     = name | "low(" name ")" | "high(" name ")" | "value(" name ")"
///   name       = word [ "[" column "=" value { "," column "=" value } "]" ] | '"' text '"'
///
/// A word is letters, digits and _ . / - + % : @; a value with other characters stands in quotes.
namespace af::audit {

/// Kleene's three truth values.
enum class Truth { kFalse, kUnknown, kTrue };

/// Kleene 1952, "Introduction to metamathematics", section 64, strong connectives: the smaller, the
/// larger, and the opposite with false < unknown < true.
[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
[[nodiscard]] constexpr Truth negated(Truth a) {
  return a == Truth::kUnknown ? a : a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

enum class Relation { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kNotEqual };

[[nodiscard]] bool holds(double a, Relation relation, double b);
[[nodiscard]] const char* symbol(Relation relation);

/// What of a figure is compared.
enum class Aspect {
  kInterval,  ///< The figure with its uncertainty: decided only if the whole interval agrees.
  kValue,     ///< The value alone, as if it were certain.
  kLow,       ///< The lower end of its interval.
  kHigh,
};

/// A figure's name as a condition spells it.
struct FigureName {
  std::string name;  ///< "accuracy", "overall.accuracy", "selection_rate[c]"
  std::vector<std::pair<std::string, std::string>> where;  ///< Column and value, as written.

  bool operator==(const FigureName&) const = default;
};

/// `figure relation number`, the figure always on the left.
struct Comparison {
  Aspect aspect = Aspect::kInterval;
  FigureName figure;
  Relation relation = Relation::kGreater;
  double number = 0;

  bool operator==(const Comparison&) const = default;
};

struct Condition {
  enum class Kind { kComparison, kAnd, kOr, kNot };
  Kind kind = Kind::kComparison;
  std::vector<Condition> parts;  ///< Of and, or: two or more; of not: one.
  Comparison comparison;         ///< Of a comparison.

  bool operator==(const Condition&) const = default;
};

/// @param where  Where the text comes from, for messages: "option --fail-if".
/// @throws ConfigError that marks the place in the text and says what was expected.
[[nodiscard]] Condition parse_condition(std::string_view text, const std::string& where);

/// The condition as text that parses to an equal one.
[[nodiscard]] std::string to_text(const Condition& condition);
[[nodiscard]] std::string to_text(const Comparison& comparison);
[[nodiscard]] std::string to_text(const FigureName& figure);

/// Every comparison is asked, also those that can no longer change the answer, in their order.
[[nodiscard]] Truth evaluate(const Condition& condition,
                             const std::function<Truth(const Comparison&)>& ask);

}  // namespace af::audit

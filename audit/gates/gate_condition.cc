#include "audit/gates/gate_condition.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "audit/counts/contingency_table.h"
#include "audit/gates/gate_tokens.h"

namespace af::audit {
namespace {

/// More would be no condition that a person wrote, and each level costs stack.
constexpr int kMaxDepth = 100;

constexpr std::array kRelations{
    std::pair{Relation::kLess, "<"},    std::pair{Relation::kLessEqual, "<="},
    std::pair{Relation::kGreater, ">"}, std::pair{Relation::kGreaterEqual, ">="},
    std::pair{Relation::kEqual, "=="},  std::pair{Relation::kNotEqual, "!="},
};
constexpr std::array kAspects{
    std::pair{Aspect::kValue, "value"},
    std::pair{Aspect::kLow, "low"},
    std::pair{Aspect::kHigh, "high"},
};

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::kLess: return Relation::kGreater;
    case Relation::kLessEqual: return Relation::kGreaterEqual;
    case Relation::kGreater: return Relation::kLess;
    case Relation::kGreaterEqual: return Relation::kLessEqual;
    default: return relation;
  }
}

/// One side of a comparison.
struct Operand {
  std::optional<double> number;
  Aspect aspect = Aspect::kInterval;
  FigureName figure;
};

class Parser {
 public:
  Parser(std::string_view text, const std::string& where) : tokens_(text, where) {}

  Condition parse() {
    Condition condition = any_of(0);
    if (!tokens_.at_end()) tokens_.refuse("'and', 'or' or the end");
    return condition;
  }

 private:
  Condition any_of(int depth) {
    return joined(Condition::Kind::kOr, "or", [&] { return all_of(depth); });
  }
  Condition all_of(int depth) {
    return joined(Condition::Kind::kAnd, "and", [&] { return one(depth); });
  }

  template <class Next>
  Condition joined(Condition::Kind kind, const char* word, Next next) {
    Condition first = next();
    if (!tokens_.is_word(word)) return first;
    Condition all{.kind = kind, .parts = {std::move(first)}, .comparison = {}};
    while (tokens_.take_word(word)) all.parts.push_back(next());
    return all;
  }

  Condition one(int depth) {
    if (depth > kMaxDepth) tokens_.refuse("less nesting");
    if (tokens_.take_word("not")) {
      return {.kind = Condition::Kind::kNot, .parts = {one(depth + 1)}, .comparison = {}};
    }
    if (tokens_.take_symbol("(")) {
      Condition inner = any_of(depth + 1);
      if (!tokens_.take_symbol(")")) tokens_.refuse("')', 'and' or 'or'");
      return inner;
    }
    return {.kind = Condition::Kind::kComparison, .parts = {}, .comparison = comparison()};
  }

  Comparison comparison() {
    Operand left = operand("a figure or a number");
    const Relation relation = this->relation();
    const char* const expected = left.number ? "a figure" : "a number";
    const std::size_t at = tokens_.position();
    Operand right = operand(expected);
    if (left.number.has_value() == right.number.has_value()) tokens_.refuse_at(at, expected);
    if (left.number) {
      return {.aspect = right.aspect,
              .figure = std::move(right.figure),
              .relation = mirrored(relation),
              .number = *left.number};
    }
    return {.aspect = left.aspect,
            .figure = std::move(left.figure),
            .relation = relation,
            .number = *right.number};
  }

  Relation relation() {
    for (const auto& [relation, text] : kRelations) {
      if (tokens_.take_symbol(text)) return relation;
    }
    tokens_.refuse("<, <=, >, >=, == or !=");
  }

  Operand operand(const char* expected) {
    if (const auto number = tokens_.take_number()) {
      return {.number = number, .aspect = {}, .figure = {}};
    }
    for (const auto& [aspect, name] : kAspects) {
      if (!tokens_.take_function(name)) continue;
      Operand inner{.number = {}, .aspect = aspect, .figure = figure("a figure")};
      if (!tokens_.take_symbol(")")) tokens_.refuse("')'");
      return inner;
    }
    return {.number = {}, .aspect = Aspect::kInterval, .figure = figure(expected)};
  }

  FigureName figure(const char* expected) {
    FigureName figure{.name = tokens_.take_name(expected), .where = {}};
    for (GateTokens::Bracket bracket = tokens_.take_bracket(); bracket.found;
         bracket = tokens_.take_bracket()) {
      figure.name += bracket.suffix;
      figure.where.insert(figure.where.end(), bracket.where.begin(), bracket.where.end());
    }
    return figure;
  }

  GateTokens tokens_;
};

/// In the parentheses that its place needs.
std::string part_text(const Condition& part) {
  const bool bare = part.kind == Condition::Kind::kComparison || part.kind == Condition::Kind::kNot;
  return bare ? to_text(part) : fmt::format("({})", to_text(part));
}

}  // namespace

bool holds(double a, Relation relation, double b) {
  switch (relation) {
    case Relation::kLess: return a < b;
    case Relation::kLessEqual: return a <= b;
    case Relation::kGreater: return a > b;
    case Relation::kGreaterEqual: return a >= b;
    case Relation::kEqual: return a == b;
    case Relation::kNotEqual: return a != b;
  }
  return false;
}

const char* symbol(Relation relation) {
  for (const auto& [candidate, text] : kRelations) {
    if (candidate == relation) return text;
  }
  return "";
}

Condition parse_condition(std::string_view text, const std::string& where) {
  return Parser(text, where).parse();
}

std::string to_text(const FigureName& figure) {
  std::string text =
      GateTokens::is_plain_name(figure.name) ? figure.name : GateTokens::quoted(figure.name);
  std::string where;
  for (const auto& [column, value] : figure.where) {
    where += fmt::format("{}{}={}", where.empty() ? "" : ", ", GateTokens::spelled(column),
                         GateTokens::spelled(value));
  }
  return where.empty() ? text : fmt::format("{}[{}]", text, where);
}

std::string to_text(const Comparison& comparison) {
  std::string figure = to_text(comparison.figure);
  for (const auto& [aspect, name] : kAspects) {
    if (aspect == comparison.aspect) figure = fmt::format("{}({})", name, figure);
  }
  return fmt::format("{} {} {}", figure, symbol(comparison.relation), comparison.number);
}

std::string to_text(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::kComparison: return to_text(condition.comparison);
    case Condition::Kind::kNot: return "not " + part_text(condition.parts.front());
    default: break;
  }
  const char* const word = condition.kind == Condition::Kind::kAnd ? " and " : " or ";
  std::string text;
  for (const Condition& part : condition.parts) {
    text += (text.empty() ? "" : word) + part_text(part);
  }
  return text;
}

Truth evaluate(const Condition& condition, const std::function<Truth(const Comparison&)>& ask) {
  if (condition.kind == Condition::Kind::kComparison) return ask(condition.comparison);
  Truth truth = evaluate(condition.parts.front(), ask);
  if (condition.kind == Condition::Kind::kNot) return negated(truth);
  for (std::size_t i = 1; i < condition.parts.size(); ++i) {
    const Truth next = evaluate(condition.parts[i], ask);
    truth = condition.kind == Condition::Kind::kAnd ? both(truth, next) : either(truth, next);
  }
  return truth;
}

}  // namespace af::audit

#include "synth/split_rule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/config.h"
#include "core/errors.h"
#include "core/text.h"
#include "synth/distribution_text.h"
#include "synth/row.h"

namespace af::synth {
namespace {

using notation::trimmed;
using Op = SplitTerm::Op;
using Shares = std::array<double, kSplits>;

constexpr double kSumTolerance = 1e-9;
constexpr const char* kElse = "else";
constexpr const char* kExpected =
    "random(train, val, test), by(factor: train, val, test), by(factor, factor: train, val, test) "
    "or where(test: condition; val: condition)";

struct OpName {
  const char* name;
  Op op;
};
/// Longer ones before those that they begin with.
constexpr std::array kOps{OpName{"!=", Op::kNotEqual},     OpName{"<=", Op::kLessEqual},
                          OpName{">=", Op::kGreaterEqual}, OpName{"=", Op::kEqual},
                          OpName{"<", Op::kLess},          OpName{">", Op::kGreater}};

[[noreturn]] void refuse(std::string_view text, const std::string& complaint) {
  throw ConfigError(fmt::format("'{}' is no split: {}", text, complaint));
}

/// Where one of the signs stands outside of double quotes.
std::size_t find_sign(std::string_view text, std::string_view signs) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && signs.find(text[i]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> separated(std::string_view text, std::string_view sign) {
  std::vector<std::string_view> parts;
  for (std::size_t at = find_sign(text, sign); at != std::string_view::npos;
       at = find_sign(text, sign)) {
    parts.push_back(trimmed(text.substr(0, at)));
    text.remove_prefix(at + 1);
  }
  parts.push_back(trimmed(text));
  return parts;
}

std::string unquoted(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  std::string plain;
  for (std::size_t i = 0; i < value.size(); ++i) {
    plain += value[i];
    if (value.substr(i).starts_with("\"\"")) ++i;  // A quote within quotes stands twice.
  }
  return plain;
}

std::string quoted(const std::string& value) {
  const bool plain = value.find_first_of("&|;:,()<>=!\"") == std::string::npos &&
                     trimmed(value).size() == value.size() && !value.empty();
  if (plain) return value;
  std::string text = "\"";
  for (const char c : value) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + '"';
}

Shares read_shares(std::string_view whole, std::string_view text) {
  Shares shares{};
  const auto parts = separated(text, ",");
  if (parts.size() != shares.size()) {
    refuse(whole, fmt::format("'{}' has {} share{}; expected three, of train, val and test", text,
                              parts.size(), parts.size() == 1 ? "" : "s"));
  }
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto share = notation::number(parts[i]);
    if (!share || *share < 0.0 || *share > 1.0) {
      refuse(whole, fmt::format("the share '{}' is no number from 0 to 1", parts[i]));
    }
    shares[i] = *share;
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (std::abs(sum - 1.0) > kSumTolerance) {
    refuse(whole, fmt::format("the shares sum to {:.12g}; expected 1", sum));
  }
  return shares;
}

SplitTerm read_term(std::string_view whole, std::string_view text) {
  const std::size_t at = find_sign(text, "<>=!");
  const auto* const op = at == std::string_view::npos
                             ? kOps.end()
                             : std::ranges::find_if(kOps, [&](const OpName& candidate) {
                                 return text.substr(at).starts_with(candidate.name);
                               });
  if (op == kOps.end() || at == 0) {
    refuse(whole, fmt::format("'{}' is no condition; expected FACTOR = VALUE or another of "
                              "!=, <, <=, > and >=",
                              text));
  }
  const std::string_view value = trimmed(text.substr(at + std::string_view(op->name).size()));
  if (value.empty()) refuse(whole, fmt::format("'{}' lacks the value", text));
  return {std::string(trimmed(text.substr(0, at))), op->op, unquoted(value)};
}

std::vector<SplitConjunction> read_condition(std::string_view whole, std::string_view text) {
  std::vector<SplitConjunction> alternatives;
  for (const std::string_view alternative : separated(text, "|")) {
    SplitConjunction& terms = alternatives.emplace_back();
    for (const std::string_view term : separated(alternative, "&")) {
      terms.push_back(read_term(whole, term));
    }
  }
  return alternatives;
}

std::string text_of(const Shares& shares) { return fmt::format("{}", fmt::join(shares, ", ")); }

}  // namespace

std::string text_of(const SplitConjunction& terms) {
  std::vector<std::string> parts;
  for (const SplitTerm& term : terms) {
    const auto* const op = std::ranges::find(kOps, term.op, &OpName::op);
    parts.push_back(fmt::format("{} {} {}", term.factor, op->name, quoted(term.value)));
  }
  return fmt::format("{}", fmt::join(parts, " & "));
}

SplitRule SplitRule::parse(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const std::size_t open = whole.find('(');
  if (open == std::string_view::npos || !whole.ends_with(')'))
    refuse(whole, std::string("expected ") + kExpected);
  const std::string_view name = trimmed(whole.substr(0, open));
  const std::string_view body = trimmed(whole.substr(open + 1, whole.size() - open - 2));
  SplitRule rule;
  if (name == "random") {
    rule.shares_ = read_shares(whole, body);
    return rule;
  }
  if (name == "by") {
    rule.kind_ = Kind::kBy;
    const std::size_t colon = find_sign(body, ":");
    if (colon == std::string_view::npos) refuse(whole, std::string("expected ") + kExpected);
    for (const std::string_view factor : separated(body.substr(0, colon), ",")) {
      rule.factors_.emplace_back(factor);
    }
    if (rule.factors_.size() > 2) refuse(whole, "expected one factor or two");
    if (rule.factors_.size() == 2 && rule.factors_[0] == rule.factors_[1]) {
      refuse(whole, fmt::format("it pairs {} with itself; expected two factors", rule.factors_[0]));
    }
    rule.shares_ = read_shares(whole, body.substr(colon + 1));
    return rule;
  }
  if (name != "where") refuse(whole, std::string("expected ") + kExpected);
  rule.kind_ = Kind::kWhere;
  rule.shares_ = {1.0, 0.0, 0.0};
  std::vector<std::string> seen;
  for (const std::string_view part : separated(body, ";")) {
    const std::size_t colon = find_sign(part, ":");
    const std::string split(trimmed(part.substr(0, colon)));
    const auto known = from_text<Split>(split);
    if (colon == std::string_view::npos || (!known && split != kElse)) {
      refuse(whole,
             fmt::format("'{}' names no split; expected train:, val:, test: or else:", part));
    }
    if (std::ranges::find(seen, split) != seen.end()) {
      refuse(whole, fmt::format("it says twice what {} is; expected alternatives with |", split));
    }
    seen.push_back(split);
    const std::string_view what = trimmed(part.substr(colon + 1));
    if (known) {
      rule.conditions_[static_cast<std::size_t>(*known)] = read_condition(whole, what);
    } else {
      rule.shares_ = read_shares(whole, what);
    }
  }
  if (seen == std::vector<std::string>{kElse}) refuse(whole, "expected a condition");
  return rule;
}

std::string SplitRule::text() const {
  if (kind_ == Kind::kRandom) return fmt::format("random({})", text_of(shares_));
  if (kind_ == Kind::kBy) {
    return fmt::format("by({}: {})", fmt::join(factors_, ", "), text_of(shares_));
  }
  std::vector<std::string> parts;
  for (std::size_t s = 0; s < kSplits; ++s) {
    if (conditions_[s].empty()) continue;
    std::vector<std::string> alternatives;
    for (const SplitConjunction& terms : conditions_[s])
      alternatives.push_back(synth::text_of(terms));
    parts.push_back(
        fmt::format("{}: {}", to_text(static_cast<Split>(s)), fmt::join(alternatives, " | ")));
  }
  if (shares_[0] != 1.0) parts.push_back(fmt::format("{}: {}", kElse, text_of(shares_)));
  return fmt::format("where({})", fmt::join(parts, "; "));
}

}  // namespace af::synth

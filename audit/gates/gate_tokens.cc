#include "audit/gates/gate_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/counts/contingency_table.h"
#include "core/errors.h"

namespace af::audit {
namespace {

constexpr std::array<std::string_view, 3> kKeywords{"and", "or", "not"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_word_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
         (byte >= 'A' && byte <= 'Z') || byte >= 0x80 ||
         std::string_view("_./-+%:@").find(c) != std::string_view::npos;
}

bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_word_char);
}

std::string printable(std::string_view text) {
  std::string result(text);
  std::ranges::replace_if(
      result, [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7f; }, ' ');
  return result;
}

/// Enough of a long text to see the place.
constexpr std::size_t kShown = 60;

}  // namespace

GateTokens::GateTokens(std::string_view text, const std::string& where)
    : text_(text), where_(where) {
  skip_space();
}

void GateTokens::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

std::string_view GateTokens::word() const {
  std::size_t end = at_;
  while (end < text_.size() && is_word_char(text_[end])) ++end;
  return text_.substr(at_, end - at_);
}

bool GateTokens::is_word(std::string_view expected) const { return word() == expected; }

bool GateTokens::take_word(std::string_view expected) {
  if (!is_word(expected)) return false;
  at_ += expected.size();
  skip_space();
  return true;
}

bool GateTokens::take_symbol(std::string_view symbol) {
  if (!text_.substr(at_).starts_with(symbol)) return false;
  const std::size_t end = at_ + symbol.size();
  // "<" is not the beginning of "<=".
  if ((symbol == "<" || symbol == ">") && end < text_.size() && text_[end] == '=') return false;
  at_ = end;
  skip_space();
  return true;
}

bool GateTokens::take_function(std::string_view name) {
  if (word() != name) return false;
  const std::size_t before = at_;
  at_ += name.size();
  skip_space();
  if (take_symbol("(")) return true;
  at_ = before;
  return false;
}

std::optional<double> GateTokens::take_number() {
  std::string_view text = word();
  const std::size_t length = text.size();
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::optional<double> number = as_number(text);
  if (!number) return std::nullopt;
  at_ += length;
  skip_space();
  return number;
}

std::string GateTokens::take_name(const char* expected) {
  std::string name;
  if (at_ < text_.size() && text_[at_] == '"') {
    name = take_quoted();
  } else {
    name = word();
    if (name.empty() || std::ranges::find(kKeywords, name) != kKeywords.end()) refuse(expected);
    at_ += name.size();
  }
  if (at_ == text_.size() || text_[at_] != '[') skip_space();
  return name;
}

/// A text in double quotes; a quote or a backslash in it has a backslash before it.
std::string GateTokens::take_quoted() {
  const std::size_t start = at_;
  std::string text;
  for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    text += text_[at_];
  }
  if (at_ == text_.size()) refuse_at(start, "a quote that is closed");
  ++at_;
  if (text.empty()) refuse_at(start, "a text in the quotes");
  return text;
}

/// A column or a value in brackets: quoted, or all up to the next of = , ].
std::string GateTokens::take_part() {
  skip_space();
  if (at_ < text_.size() && text_[at_] == '"') {
    std::string text = take_quoted();
    skip_space();
    return text;
  }
  const std::size_t end = std::min(text_.find_first_of("=,]\"[", at_), text_.size());
  std::string_view part = text_.substr(at_, end - at_);
  while (!part.empty() && is_space(part.back())) part.remove_suffix(1);
  if (part.empty()) refuse("a column, a value or a class");
  at_ = end;
  return std::string(part);
}

GateTokens::Bracket GateTokens::take_bracket() {
  Bracket bracket;
  if (at_ == text_.size() || text_[at_] != '[') return bracket;
  bracket.found = true;
  do {
    ++at_;  // '[' or ','
    std::string part = take_part();
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      bracket.where.emplace_back(std::move(part), take_part());
    } else if (bracket.suffix.empty() && bracket.where.empty()) {
      bracket.suffix = "[" + part + "]";
      break;
    } else {
      refuse("'='");
    }
  } while (at_ < text_.size() && text_[at_] == ',');
  if (at_ == text_.size() || text_[at_] != ']') refuse("']'");
  ++at_;
  if (at_ == text_.size() || text_[at_] != '[') skip_space();
  return bracket;
}

void GateTokens::refuse_at(std::size_t at, const std::string& expected) const {
  const std::size_t from = at > kShown ? at - kShown : 0;
  const std::string before = printable(text_.substr(from, at - from));
  const std::string after = printable(text_.substr(at, kShown));
  throw ConfigError(fmt::format(
      "{}, character {}: expected {}, marked by <-- HERE in: {}{}<-- HERE {}{}", where_, at + 1,
      expected, from > 0 ? "..." : "", before, after, at + kShown < text_.size() ? "..." : ""));
}

bool GateTokens::is_plain_name(std::string_view name) {
  const std::size_t bracket = name.find('[');
  const std::string_view word = name.substr(0, bracket);
  if (!is_plain(word) || as_number(word.substr(word.starts_with('+') ? 1 : 0))) return false;
  if (std::ranges::find(kKeywords, word) != kKeywords.end()) return false;
  if (bracket == std::string_view::npos) return true;
  return name.ends_with(']') && is_plain(name.substr(bracket + 1, name.size() - bracket - 2));
}

std::string GateTokens::quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string GateTokens::spelled(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted(text);
}

}  // namespace af::audit

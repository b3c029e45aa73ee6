#include "synth/distribution_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <set>
#include <system_error>

#include "core/errors.h"

namespace af::synth::notation {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::optional<double> number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<Call> call(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
  Call call{trimmed(text.substr(0, open)), {}};
  std::string_view rest = text.substr(open + 1, text.size() - open - 2);
  while (true) {
    const std::size_t comma = rest.find(',');
    call.arguments.push_back(trimmed(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return call;
    rest.remove_prefix(comma + 1);
  }
}

void refuse(std::string_view text, std::string_view expected) {
  throw ConfigError(fmt::format("'{}' is no distribution; expected {}", text, expected));
}

std::vector<Weighted> weighted(std::string_view text, const std::vector<std::string_view>& parts) {
  std::vector<Weighted> values;
  std::set<std::string_view> seen;
  double sum = 0.0;
  for (const std::string_view part : parts) {
    const std::size_t colon = part.rfind(':');
    const bool weighs = colon != std::string_view::npos && colon > 0;
    const auto weight = weighs ? number(part.substr(colon + 1)) : std::optional(1.0);
    const std::string_view value = weighs ? trimmed(part.substr(0, colon)) : part;
    if (value.empty()) refuse(text, "values, each with a weight or without: 'a: 2, b'");
    if (!weight || *weight < 0.0) {
      refuse(text, fmt::format("a weight of 0 or more behind '{}:'", value));
    }
    if (!seen.insert(value).second) refuse(text, fmt::format("'{}' once", value));
    values.push_back({value, *weight});
    sum += *weight;
  }
  if (!(sum > 0.0)) refuse(text, "a weight above 0");
  return values;
}

}  // namespace af::synth::notation

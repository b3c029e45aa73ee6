#include "core/config_toml.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/text.h"

namespace af {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;  ///< Of a configuration file.

template <class T>
std::string formatted(const toml::value<T>& value) {
  std::ostringstream text;
  text << toml::toml_formatter{value};
  return text.str();
}

}  // namespace

TomlDocument parse_toml_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  // Bounded, since a name may be that of a pipe or of a device that never ends.
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  const auto read = static_cast<std::size_t>(file.gcount());
  if (!file.is_open() || file.bad()) {
    throw InputError(fmt::format("cannot read the configuration {}", path.string()));
  }
  if (read > kMostBytes) {
    throw InputError(fmt::format("{} is no configuration: it holds more than {}", path.string(),
                                 human_bytes(static_cast<double>(kMostBytes))));
  }
  text.resize(read);
  return parse_toml(text, path.string());
}

TomlDocument parse_toml(std::string_view text, std::string source) {
  try {
    return {toml::parse(text, source), source};
  } catch (const toml::parse_error& error) {
    throw ConfigError(fmt::format("{}, line {}, column {}: no valid TOML: {}", source,
                                  error.source().begin.line, error.source().begin.column,
                                  error.description()));
  }
}

void TomlReader::refuse_unknown_keys() const {
  for (const auto& [key, node] : document_.table) {
    const std::string name(key.str());
    if (name == kRunTable && node.is_table()) continue;
    if (std::ranges::find(known_, name) != known_.end()) continue;
    throw ConfigError(fmt::format("{}, line {}: unknown key '{}'{}", document_.source,
                                  node.source().begin.line, name, did_you_mean(name, known_)));
  }
}

void TomlReader::refuse_type(const std::string& name, const toml::node& node,
                             std::string_view expected) const {
  throw ConfigError(fmt::format("{}, line {}: '{}' is not {}", document_.source,
                                node.source().begin.line, name, expected));
}

std::optional<std::string> TomlReader::scalar_text(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return text;
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
  if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  return std::nullopt;
}

std::string toml_scalar(const std::string& text) {
  if (text == "true" || text == "false") return text;
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool number = error == std::errc() && end == text.data() + text.size();
  return number && std::isfinite(value) ? toml_literal(value) : toml_literal(text);
}

std::string toml_literal(bool value) { return formatted(toml::value{value}); }
std::string toml_literal(std::int64_t value) { return formatted(toml::value{value}); }
std::string toml_literal(double value) {
  // The library writes 17 digits; the shortest that read back the same are kinder to the eye.
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}
std::string toml_literal(const std::string& value) { return formatted(toml::value{value}); }

}  // namespace af

#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/config.h"
#include "core/errors.h"
#include "core/text.h"

/// TOML from and to any struct that has `describe` (core/config.h).
namespace af {

/// A table that a program may write behind its configuration about the run itself (versions, check
/// sums). Reading a configuration passes over it.
inline constexpr std::string_view kRunTable = "run";

/// A parsed TOML text that remembers where it came from, for messages.
struct TomlDocument {
  toml::table table;
  std::string source;  ///< File name, or "configuration of FILE".
};

/// @throws InputError if the file is missing, ConfigError with line and column if it is no TOML.
[[nodiscard]] TomlDocument parse_toml_file(const std::filesystem::path& path);
/// @throws ConfigError with line and column if it is no TOML.
[[nodiscard]] TomlDocument parse_toml(std::string_view text, std::string source);

/// A field that is a TOML table of a form of its own, by two functions found by its type:
/// `read_table` fills it (and throws ConfigError with a sentence that begins with `where`),
/// `write_table` gives an inline table, or nothing if the field is to be absent.
template <class T>
concept TableValue = requires(const toml::table& table, const std::string& where, T& value) {
  read_table(table, where, value);
  { write_table(value) } -> std::same_as<std::string>;
};

/// A visitor that fills fields from a document; fields that it does not name keep their value.
class TomlReader {
 public:
  explicit TomlReader(const TomlDocument& document) : document_(document) {}

  template <class T>
  void field(const std::string& name, T& value, std::string_view /*help*/) {
    known_.push_back(name);
    if (const toml::node* node = document_.table.get(name)) read(name, *node, value);
  }

  /// @throws ConfigError that names the first key that no field has, with the nearest that one has.
  void refuse_unknown_keys() const;

 private:
  template <class T>
  void read(const std::string& name, const toml::node& node, T& value) const {
    if constexpr (std::is_same_v<T, bool>) {
      value = exactly<bool>(name, node, "true or false");
    } else if constexpr (std::is_integral_v<T>) {
      const auto number = exactly<std::int64_t>(name, node, "a whole number");
      if (!std::in_range<T>(number)) refuse_type(name, node, "a number of its range");
      value = static_cast<T>(number);
    } else if constexpr (std::is_floating_point_v<T>) {
      const auto number = node.value<double>();  // A whole number will do.
      if (!number || !node.is_number()) refuse_type(name, node, "a number");
      value = static_cast<T>(*number);
    } else if constexpr (NamedEnum<T>) {
      const auto found = from_text<T>(exactly<std::string>(name, node, "a text"));
      if (!found) refuse_type(name, node, "one of " + listed(names_of<T>()));
      value = *found;
    } else if constexpr (TextValue<T>) {
      read_text(name, node, value);
    } else if constexpr (TableValue<T>) {
      if (!node.is_table()) refuse_type(name, node, "a table");
      value = {};
      read_table(*node.as_table(),
                 fmt::format("{}, line {}", document_.source, node.source().begin.line), value);
    } else {
      read_compound(name, node, value);
    }
  }

  template <TextValue T>
  void read_text(const std::string& name, const toml::node& node, T& value) const {
    const std::optional<std::string> text = scalar_text(node);
    if (!text) refuse_type(name, node, "a text or a number");
    try {
      value = T::parse(*text);
    } catch (const ConfigError& error) {
      throw ConfigError(fmt::format("{}, line {}: {}: {}", document_.source,
                                    node.source().begin.line, name, error.what()));
    }
  }
  /// A text itself, or how a number, true or false is written.
  [[nodiscard]] static std::optional<std::string> scalar_text(const toml::node& node);

  void read_compound(const std::string& name, const toml::node& node, std::string& value) const {
    value = exactly<std::string>(name, node, "a text");
  }
  template <class T>
  void read_compound(const std::string& name, const toml::node& node,
                     std::optional<T>& value) const {
    read(name, node, value.emplace());
  }
  template <class T>
  void read_compound(const std::string& name, const toml::node& node,
                     std::vector<T>& values) const {
    const toml::array* list = node.as_array();
    if (list == nullptr) refuse_type(name, node, "a list");
    values.clear();
    for (const toml::node& element : *list) read(name, element, values.emplace_back());
  }

  template <class T>
  [[nodiscard]] T exactly(const std::string& name, const toml::node& node,
                          std::string_view expected) const {
    const std::optional<T> value = node.value_exact<T>();
    if (!value) refuse_type(name, node, expected);
    return *value;
  }
  [[noreturn]] void refuse_type(const std::string& name, const toml::node& node,
                                std::string_view expected) const;

  const TomlDocument& document_;
  std::vector<std::string> known_;
};

/// A value as TOML writes it: quoted and escaped, in the shortest form that reads back the same.
[[nodiscard]] std::string toml_literal(bool value);
[[nodiscard]] std::string toml_literal(std::int64_t value);
[[nodiscard]] std::string toml_literal(double value);
[[nodiscard]] std::string toml_literal(const std::string& value);

/// A text bare if TOML reads it as a number, true or false, else quoted.
[[nodiscard]] std::string toml_scalar(const std::string& text);

/// A visitor that writes one line a field, in the order of the description.
class TomlWriter {
 public:
  template <class T>
  void field(const std::string& name, const T& value, std::string_view /*help*/) {
    if constexpr (requires { value.has_value(); }) {
      if (value.has_value()) field(name, *value, {});
    } else if constexpr (TableValue<T>) {
      const std::string table = write_table(value);
      if (!table.empty()) text_ += fmt::format("{} = {}\n", name, table);
    } else {
      text_ += fmt::format("{} = {}\n", name, literal(value));
    }
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  template <class T>
  static std::string literal(const T& value) {
    if constexpr (NamedEnum<T>) {
      return toml_literal(to_text(value));
    } else if constexpr (TextValue<T>) {
      return toml_scalar(value.text());
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      return toml_literal(static_cast<std::int64_t>(value));
    } else if constexpr (requires { toml_literal(value); }) {
      return toml_literal(value);
    } else {
      std::vector<std::string> elements;
      elements.reserve(value.size());
      for (const auto& element : value) elements.push_back(literal(element));
      return fmt::format("[{}]", fmt::join(elements, ", "));
    }
  }

  std::string text_;
};

/// Fills `config` from a document. @throws ConfigError that names file, line and key.
template <class Config>
void read_toml(const TomlDocument& document, Config& config) {
  TomlReader reader(document);
  describe(reader, config);
  reader.refuse_unknown_keys();
}

/// The whole configuration as TOML, one field a line; `read_toml` makes an equal one of it.
template <class Config>
[[nodiscard]] std::string write_toml(Config config) {
  TomlWriter writer;
  describe(writer, config);
  return writer.text();
}

}  // namespace af

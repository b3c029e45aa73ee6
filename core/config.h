#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// A configuration is a plain struct with a free function beside it that names every field once:
///
///   template <class Visitor>
///   void describe(Visitor& visitor, DatasetConfig& config) {
///     visitor.field("p", config.p, "P(char | color) of the tied pairs, in [0, 1]");
///   }
///
/// From that one description come the command-line options (apps/options.h), the TOML that is
/// read, and the TOML that is written (core/config_toml.h). A field is a bool, a number, a string,
/// a list of strings or numbers, an enum that has `enum_names`, a value with a text form of its own
/// (`TextValue`), a table with a form of its own (core/config_toml.h), or an optional one of these
/// (absent in TOML if empty). Ranges live in the struct's `validate()`, nowhere else.
namespace af {

/// An enum takes part once an overload, found by its type, names its values:
///   constexpr auto enum_names(Draws) {
///     return std::array{std::pair{Draws::kIid, "iid"}, std::pair{Draws::kQuota, "quota"}};
///   }
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E value) {
  enum_names(value);
};

/// A value that is written as text: T::parse(text) makes one equal to that which gave text(). What
/// `parse` cannot read it refuses with a ConfigError that says what was expected.
template <class T>
concept TextValue = requires(const T& value, std::string_view text) {
  { T::parse(text) } -> std::same_as<T>;
  { value.text() } -> std::same_as<std::string>;
};

template <NamedEnum E>
[[nodiscard]] std::string to_text(E value) {
  for (const auto& [candidate, name] : enum_names(E{})) {
    if (candidate == value) return name;
  }
  return {};
}

template <NamedEnum E>
[[nodiscard]] std::vector<std::string> names_of() {
  std::vector<std::string> names;
  for (const auto& [value, name] : enum_names(E{})) names.emplace_back(name);
  return names;
}

template <NamedEnum E>
[[nodiscard]] std::optional<E> from_text(std::string_view text) {
  for (const auto& [value, name] : enum_names(E{})) {
    if (text == name) return value;
  }
  return std::nullopt;
}

}  // namespace af

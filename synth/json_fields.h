#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "core/config.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::synth {

/// Fields of a JSON object, with their types and ranges checked.
class JsonFields {
 public:
  /// @param where  Begins every message: "rows.jsonl, line 3".
  JsonFields(const nlohmann::json& object, std::string where)
      : object_(object), where_(std::move(where)) {
    if (!object.is_object()) fail("expected a JSON object");
  }

  [[noreturn]] void fail(const std::string& complaint) const {
    throw InputError(where_ + ": " + complaint);
  }
  [[nodiscard]] const std::string& where() const noexcept { return where_; }
  [[nodiscard]] bool has(const char* name) const { return object_.contains(name); }

  [[nodiscard]] const nlohmann::json& at(const char* name) const {
    const auto found = object_.find(name);
    if (found == object_.end()) fail(fmt::format("the field '{}' is missing", name));
    return *found;
  }
  [[nodiscard]] std::string text(const char* name) const {
    if (!at(name).is_string())
      fail(fmt::format("'{}' is {}; expected a text", name, at(name).dump()));
    return at(name).get<std::string>();
  }
  [[nodiscard]] bool flag(const char* name, bool otherwise) const {
    if (!has(name)) return otherwise;
    if (!at(name).is_boolean()) {
      fail(fmt::format("'{}' is {}; expected true or false", name, at(name).dump()));
    }
    return at(name).get<bool>();
  }
  /// A value of an enum by its name.
  template <NamedEnum E>
  [[nodiscard]] E one_of(const char* name) const {
    const std::string found = text(name);
    if (const auto value = from_text<E>(found)) return *value;
    fail(fmt::format("'{}' is '{}'; expected {}", name, found, listed(names_of<E>())));
  }
  [[nodiscard]] double number(const char* name, double low, double high) const {
    return checked(at(name), name, low, high);
  }
  [[nodiscard]] std::int64_t whole(const char* name, std::int64_t low, std::int64_t high) const {
    const nlohmann::json& value = at(name);
    if (!value.is_number_integer() || value.get<std::int64_t>() < low ||
        value.get<std::int64_t>() > high) {
      fail(fmt::format("'{}' is {}; expected a whole number from {} to {}", name, value.dump(), low,
                       high));
    }
    return value.get<std::int64_t>();
  }
  /// A list of exactly N numbers.
  template <std::size_t N>
  [[nodiscard]] std::array<double, N> numbers(const char* name, double low, double high) const {
    return numbers_of<N>(at(name), name, low, high);
  }
  template <std::size_t N>
  [[nodiscard]] std::array<double, N> numbers_of(const nlohmann::json& list, const char* name,
                                                 double low, double high) const {
    if (!list.is_array() || list.size() != N) {
      fail(fmt::format("'{}' is {}; expected {} numbers", name, list.dump(), N));
    }
    std::array<double, N> values{};
    for (std::size_t i = 0; i < N; ++i) values[i] = checked(list[i], name, low, high);
    return values;
  }

 private:
  double checked(const nlohmann::json& value, const char* name, double low, double high) const {
    const double number =
        value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (number >= low && number <= high) return number;
    fail(
        fmt::format("'{}' has {}; expected a number from {} to {}", name, value.dump(), low, high));
  }

  const nlohmann::json& object_;
  std::string where_;
};

}  // namespace af::synth

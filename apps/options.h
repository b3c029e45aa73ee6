#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <concepts>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "core/config.h"
#include "core/config_toml.h"

/// Command-line options out of a configuration's description (core/config.h), and the options
/// that all three programs share.
namespace af::apps {

struct CommonFlags {
  bool quiet = false;         ///< No progress on stderr.
  bool json = false;          ///< Results on stdout as one JSON object.
  bool print_config = false;  ///< Print the resolved configuration as TOML and end.
  std::string config_file;    ///< TOML that the command line goes over.
};

/// A visitor that makes an option `--name` of every field; `_` in a name becomes `-`.
class OptionBinder {
 public:
  explicit OptionBinder(CLI::App& app) : app_(app) {}

  template <class T>
  void field(const std::string& name, T& value, const std::string& help) {
    const std::string option = "--" + with_dashes(name);
    if constexpr (NamedEnum<T>) {
      app_.add_option_function<std::string>(
              option,
              [name, &value](const std::string& text) { value = enum_value<T>(name, text); }, help)
          ->default_str(to_text(value))
          ->type_name(joined(names_of<T>(), "|"));
    } else if constexpr (TextValue<T>) {
      app_.add_option_function<std::string>(
              option,
              [name, &value](const std::string& text) { value = text_value<T>(name, text); }, help)
          ->default_str(value.text())
          ->type_name(form_name<T>());
    } else if constexpr (TableValue<T>) {
      // Has no form on a command line.
    } else if constexpr (std::is_same_v<T, bool>) {
      app_.add_flag(option + ",!--no-" + with_dashes(name), value, help);
    } else if constexpr (requires {
                           value.push_back(value.front());
                           value.clear();
                         } &&
                         !std::is_same_v<T, std::string>) {
      app_.add_option(option, value, help)->delimiter(',')->capture_default_str();
    } else {
      CLI::Option* added = app_.add_option(option, value, help)->capture_default_str();
      if constexpr (std::is_integral_v<T>) added->check(whole_number_complaint<T>);
    }
  }

  [[nodiscard]] static std::string with_dashes(std::string name);

 private:
  template <TextValue T>
  static const char* form_name() {
    if constexpr (requires { T::kForm; }) {
      return T::kForm;
    } else {
      return "DISTRIBUTION";
    }
  }
  /// Empty if the text is a number of the type. CLI11 takes the nearest one for one too large.
  template <std::integral T>
  static std::string whole_number_complaint(const std::string& text) {
    T value{};
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc{} && stopped == end) return {};
    return fmt::format("'{}' is no whole number from {} to {}", text, std::numeric_limits<T>::min(),
                       std::numeric_limits<T>::max());
  }
  template <NamedEnum E>
  static E enum_value(const std::string& name, const std::string& text) {
    if (const auto value = from_text<E>(text)) return *value;
    refuse_name(name, text, names_of<E>());
  }
  template <TextValue T>
  static T text_value(const std::string& name, const std::string& text) {
    try {
      return T::parse(text);
    } catch (const ConfigError& error) {
      throw ConfigError(with_dashes(name) + ": " + error.what());
    }
  }
  [[noreturn]] static void refuse_name(const std::string& name, const std::string& text,
                                       const std::vector<std::string>& expected);
  static std::string joined(const std::vector<std::string>& words, const char* separator);

  CLI::App& app_;
};

template <class Config>
void bind_config(CLI::App& app, Config& config) {
  OptionBinder binder(app);
  describe(binder, config);
}

/// Binds --quiet, --json, --config, --print-config and --version.
void bind_common(CLI::App& app, CommonFlags& flags);

/// What stands behind an option, found before the command line is parsed, so that what it names
/// lies below it: a file of options.
[[nodiscard]] std::optional<std::string> value_of(std::string_view option, int argc,
                                                  const char* const* argv);

/// Refuses options that stand before a subcommand, to which they would mean nothing.
/// @throws ConfigError
void refuse_options_before(const CLI::App& app, const CLI::App& command);

/// Parses the command line. Returns the exit code if there is nothing more to do (help, version).
/// @throws ConfigError with one sentence if the command line cannot be used.
[[nodiscard]] std::optional<int> parse_command_line(CLI::App& app, int argc,
                                                    const char* const* argv);

/// Applies `--config FILE`, then the command line over it, then `after`; with `--print-config`
/// prints the result. Returns the exit code if there is nothing more to do.
/// @throws ConfigError, InputError
template <class Config>
[[nodiscard]] std::optional<int> parse(CLI::App& app, int argc, const char* const* argv,
                                       Config& config, const CommonFlags& flags,
                                       const std::function<void()>& after = {}) {
  if (const auto file = value_of("--config", argc, argv)) read_toml(parse_toml_file(*file), config);
  if (const auto exit_code = parse_command_line(app, argc, argv)) return exit_code;
  if (after) after();
  if (!flags.print_config) return std::nullopt;
  config.validate();
  fmt::print("{}", write_toml(config));
  return 0;
}

}  // namespace af::apps

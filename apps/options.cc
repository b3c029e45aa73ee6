#include "apps/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <string_view>
#include <vector>

#include "core/errors.h"
#include "core/text.h"
#include "core/version.h"

namespace af::apps {
namespace {

/// Those of the subcommand that was given, too.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const CLI::App* used : app.get_subcommands()) {
    const std::vector<std::string> more = option_names(*used);
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

/// CLI11's complaint as one sentence, with the option that was probably meant.
std::string sentence_of(const CLI::App& app, const CLI::ParseError& error) {
  std::string message = error.what();
  std::ranges::replace(message, '\n', ' ');
  if (const auto* extras = dynamic_cast<const CLI::ExtrasError*>(&error)) {
    const std::string text = extras->what();
    const std::size_t at = text.find("--");
    if (at != std::string::npos) {
      const std::string word = text.substr(at, text.find_first_of(" =", at) - at);
      return fmt::format("unknown option {}{}", word, did_you_mean(word, option_names(app)));
    }
  }
  constexpr std::string_view kConversion = "Could not convert: ";  // "--option = value"
  if (const std::size_t equals = message.find(" = ");
      message.starts_with(kConversion) && equals != std::string::npos) {
    const std::string name = message.substr(kConversion.size(), equals - kConversion.size());
    const CLI::Option* const option = app.get_option_no_throw(name);
    const bool is_flag = option != nullptr && option->get_items_expected_min() == 0;
    return fmt::format("option {} is '{}', expected {}", name, message.substr(equals + 3),
                       is_flag ? "true or false" : "a number");
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::size_t colon = message.find(": At Most 1 required");
    if (colon != std::string::npos) {
      return fmt::format("option {} is given more than once, expected once",
                         message.substr(0, colon));
    }
  }
  return message;
}

}  // namespace

std::string OptionBinder::with_dashes(std::string name) {
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string OptionBinder::joined(const std::vector<std::string>& words, const char* separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

void OptionBinder::refuse_name(const std::string& name, const std::string& text,
                               const std::vector<std::string>& expected) {
  throw ConfigError(fmt::format("{} is '{}'{}; expected {}", with_dashes(name), text,
                                did_you_mean(text, expected), joined(expected, " or ")));
}

void bind_common(CLI::App& app, CommonFlags& flags) {
  app.add_flag("--quiet", flags.quiet, "No progress on stderr");
  app.add_flag("--json", flags.json, "Results on stdout as one JSON object");
  app.add_option("--config", flags.config_file,
                 "TOML file of options; the command line goes over it");
  app.add_flag("--print-config", flags.print_config,
               "Print the resolved configuration as TOML and end");
  app.set_version_flag("--version",
                       fmt::format("{} {} ({})", app.get_name(), version(), git_revision()));
}

std::optional<std::string> value_of(std::string_view option, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == option && i + 1 < argc) return argv[i + 1];
    if (word.starts_with(option) && word.size() > option.size() && word[option.size()] == '=') {
      return std::string(word.substr(option.size() + 1));
    }
  }
  return std::nullopt;
}

void refuse_options_before(const CLI::App& app, const CLI::App& command) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    throw ConfigError(fmt::format("{} is no option of {} {}; expected those behind the word",
                                  option->get_name(), app.get_name(), command.get_name()));
  }
}

std::optional<int> parse_command_line(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    return app.exit(done);
  } catch (const CLI::ParseError& error) {
    throw ConfigError(sentence_of(app, error));
  }
  return std::nullopt;
}

}  // namespace af::apps

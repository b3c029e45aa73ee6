#include "synth/config_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/config_toml.h"
#include "core/errors.h"

namespace af::synth {
namespace {

std::vector<std::string>* list_of(const std::string& factor, DatasetConfig& config) {
  if (factor == "char") return &config.chars;
  if (factor == "color") return &config.colors;
  return factor == "font" ? &config.fonts : nullptr;
}

void set_shares(const std::string& factor, const Choice& choice, DatasetConfig& config) {
  if (config.table.empty()) config.table = tables_of(config.joint());
  BiasTables::Table& table = config.table.factors[factor];
  if (!table.given.empty()) {
    throw ConfigError(fmt::format("{} is tied to {}; expected a table, or --bias none", factor,
                                  fmt::join(table.given, ", ")));
  }
  double sum = 0.0;
  for (const Choice::Level& level : choice.levels()) sum += level.weight;
  Shares shares;
  for (const Choice::Level& level : choice.levels()) shares[level.name] = level.weight / sum;
  *list_of(factor, config) = choice.names();
  table.rows = {{"", std::move(shares)}};
}

/// The value as TOML if it is that, else as text.
TomlDocument document_of(const std::string& key, const std::string& value,
                         const std::string& source) {
  try {
    return parse_toml(fmt::format("{} = {}", toml_literal(key), value), source);
  } catch (const ConfigError&) {
    return parse_toml(fmt::format("{} = {}", toml_literal(key), toml_literal(value)), source);
  }
}

}  // namespace

void apply_setting(const std::string& setting, DatasetConfig& config) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw ConfigError(fmt::format(
        "--set {}: expected FACTOR=DISTRIBUTION, such as rotation='normal(0, 0.3)'", setting));
  }
  std::string key = setting.substr(0, equals);
  std::ranges::replace(key, '-', '_');
  const std::string value = setting.substr(equals + 1);
  if (list_of(key, config) == nullptr) {
    return read_toml(document_of(key, value, "--set"), config);
  }
  try {
    set_shares(key, Choice::parse(value), config);
  } catch (const ConfigError& error) {
    throw ConfigError(fmt::format("--set {}: {}", key, error.what()));
  }
}

}  // namespace af::synth

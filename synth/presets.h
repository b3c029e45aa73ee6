#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config_toml.h"

namespace af::synth {

/// One of Synbols' predefined data sets, as a configuration: a file of `presets/`, whose text the
/// program carries.
struct Preset {
  std::string_view name;
  std::string_view toml;

  /// The comment that the file begins with, on one line.
  [[nodiscard]] std::string about() const;
  /// What it needs beside the default fonts; empty if nothing.
  [[nodiscard]] std::string needs() const;
};

/// All of them, by name.
[[nodiscard]] std::span<const Preset> presets();

/// @throws ConfigError that names the nearest one there is.
[[nodiscard]] const Preset& find_preset(std::string_view name);

}  // namespace af::synth

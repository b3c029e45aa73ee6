#pragma once

#include <string>

#include "synth/dataset_config.h"

namespace af::synth {

/// Applies "field=value" to one field, the value as TOML has it or as bare text:
///   rotation=normal(0, 0.3)    bold=false    chars=["a", "b"]
/// For the factors `char`, `color` and `font`, which are lists, the value is a distribution over
/// names, such as char=categorical(a: 3, b: 1): it becomes the list and, with the weights, the
/// factor's table.
/// @throws ConfigError that names the setting.
void apply_setting(const std::string& setting, DatasetConfig& config);

}  // namespace af::synth

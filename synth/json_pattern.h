#pragma once

#include <string>
#include <vector>

#include "synth/json_fields.h"
#include "synth/pattern.h"

namespace af::synth {

/// A pattern from its JSON (synth/attribute_rows.h).
/// @param row       That has it, for messages.
/// @param pictures  That an image can be a crop of.
/// @throws InputError
[[nodiscard]] Pattern read_pattern(const nlohmann::json& pattern, const JsonFields& row,
                                   const std::vector<std::string>& pictures);

}  // namespace af::synth

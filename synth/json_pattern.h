#pragma once

#include "synth/json_fields.h"
#include "synth/pattern.h"

namespace af::synth {

/// A pattern from its JSON object (synth/attribute_rows.h). @throws InputError
[[nodiscard]] Pattern read_pattern(const JsonFields& fields);

}  // namespace af::synth

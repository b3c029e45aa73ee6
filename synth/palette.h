#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "synth/pattern.h"

namespace af::synth {

/// The value of a colour name of CSS, or of "#rrggbb" in hexadecimal digits.
/// Source: CSS Color Module Level 4, section 6.1 (named colours): the sixteen of HTML 4 and a few
/// that people ask for.
[[nodiscard]] std::optional<Rgb> named_color(std::string_view name);

/// All names of CSS that `named_color` knows.
[[nodiscard]] std::vector<std::string> color_names();

}  // namespace af::synth

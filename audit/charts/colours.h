#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// How charts tell values apart, as Vega-Lite scales. A colour is a variable of
/// audit/page/page.css, which has a tone of it for light and one for dark, each with a contrast of
/// 3:1 to the page.
namespace af::audit {

/// Eight hues that differ for the colour-blind too, for any values.
inline constexpr std::size_t kHues = 8;

/// A value that names a colour ("red") has a tone of that, another the next of the hues.
[[nodiscard]] nlohmann::json value_colours(const std::vector<std::string>& values);

/// Hues of their own, so that a heuristic is not taken for a group of the data.
[[nodiscard]] nlohmann::json heuristic_colours(const std::vector<std::string>& heuristics);

/// Shapes for the points: hue and shape together differ for 56 values.
[[nodiscard]] nlohmann::json shapes(const std::vector<std::string>& values);

/// Colours for values that a chart also names beside their marks: `value_colours` if any of them
/// names a colour, else null, for one colour for all.
[[nodiscard]] nlohmann::json labelled_colours(const std::vector<std::string>& values);

}  // namespace af::audit

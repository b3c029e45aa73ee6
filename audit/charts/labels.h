#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

/// Names of the data beside the marks of a chart. They may be long; charts show the ends of those,
/// since names often differ at their ends.
namespace af::audit {

inline constexpr std::size_t kPageWidth = 920;  ///< Pixels that charts have beside each other.

/// The longest of the labels as they are shown, in pixels: about, since the font is the reader's.
[[nodiscard]] std::size_t label_width(std::span<const std::string> labels);

/// Puts into a Vega-Lite axis or legend how it shows labels.
[[nodiscard]] nlohmann::json with_short_labels(nlohmann::json guide);

/// Header of a panel: bold, and no longer than the panel is wide.
[[nodiscard]] nlohmann::json panel_header(std::size_t width);

/// A vertical axis whose title lies above its labels: beside them it could be longer than the axis.
[[nodiscard]] nlohmann::json title_above_labels();

}  // namespace af::audit

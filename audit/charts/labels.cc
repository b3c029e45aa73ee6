#include "audit/charts/labels.h"

#include <fmt/format.h>

#include <algorithm>

namespace af::audit {
namespace {

using nlohmann::json;

constexpr std::size_t kLongest = 40;  ///< Characters of a label.
constexpr double kPixelsACharacter = 6.3;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Vega expression of a label of at most so many characters, with its beginning and its end.
std::string shortened(std::size_t most) {
  const std::size_t end = most * 3 / 8;
  return fmt::format(
      "length(datum.label) > {} ? slice(datum.label, 0, {}) + '\u2026' + slice(datum.label, -{}) : "
      "datum.label",
      most, most - end - 1, end);
}

}  // namespace

std::size_t label_width(std::span<const std::string> labels) {
  std::size_t longest = 0;
  for (const std::string& label : labels) longest = std::max(longest, characters(label));
  return static_cast<std::size_t>(kPixelsACharacter *
                                  static_cast<double>(std::min(longest, kLongest)));
}

json with_short_labels(json guide) {
  guide["labelExpr"] = shortened(kLongest);
  guide["labelLimit"] = 300;
  return guide;
}

json panel_header(std::size_t width) {
  constexpr std::size_t kPixelsABoldCharacter = 8;
  const std::size_t most = std::min(kLongest, width / kPixelsABoldCharacter);
  return {{"title", nullptr},       {"labelFontWeight", "bold"},    {"labelFontSize", 12},
          {"labelAnchor", "start"}, {"labelExpr", shortened(most)}, {"labelLimit", width}};
}

json title_above_labels() {
  return {{"titleAngle", 0}, {"titleAlign", "right"}, {"titleBaseline", "bottom"},
          {"titleX", -9},    {"titleY", -5},          {"titleLimit", 300}};
}

}  // namespace af::audit

#include "audit/charts/colours.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace af::audit {
namespace {

using nlohmann::json;

/// Colours that page.css has a tone of.
constexpr std::array<std::string_view, 16> kNamedColours{
    "blue",   "red",       "green",  "yellow", "cyan", "purple", "orange", "pink",
    "maroon", "turquoise", "salmon", "brown",  "gray", "grey",   "black",  "white"};

/// As many as share no factor with kHues.
constexpr std::array kShapes{
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "M-1,-1L1,1M-1,1L1,-1M-1,-1L-.6,-1L1,.6L1,1L.6,1L-1,-.6ZM1,-1L1,-.6L-.6,1L-1,1L-1,.6L.6,-1Z"};

bool is_named(const std::string& value) {
  return std::ranges::find(kNamedColours, value) != kNamedColours.end();
}

template <class Of>
json scale(const std::vector<std::string>& values, Of of) {
  json range = json::array();
  for (std::size_t i = 0; i < values.size(); ++i) range.push_back(of(values[i], i));
  return {{"domain", values}, {"range", range}};
}

}  // namespace

json value_colours(const std::vector<std::string>& values) {
  return scale(values, [](const std::string& value, std::size_t i) {
    return is_named(value) ? fmt::format("var(--{})", value)
                           : fmt::format("var(--value-{})", i % kHues);
  });
}

json heuristic_colours(const std::vector<std::string>& heuristics) {
  return scale(heuristics, [](const std::string&, std::size_t i) {
    return fmt::format("var(--heuristic-{})", i % kHues);
  });
}

json shapes(const std::vector<std::string>& values) {
  return scale(values,
               [](const std::string&, std::size_t i) { return kShapes[i % kShapes.size()]; });
}

json labelled_colours(const std::vector<std::string>& values) {
  return std::ranges::any_of(values, is_named) ? value_colours(values) : json(nullptr);
}

}  // namespace af::audit

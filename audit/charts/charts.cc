#include "audit/charts/charts.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace af::audit {
namespace {

using nlohmann::json;

/// Tones that stay legible on white and on near black.
const std::map<std::string, std::string, std::less<>> kNamedColours{
    {"blue", "#3b6fd4"},   {"red", "#d64545"},       {"green", "#2f9e57"},  {"yellow", "#c9a100"},
    {"cyan", "#17a2b8"},   {"purple", "#8a4fbf"},    {"orange", "#e67e22"}, {"pink", "#e377a8"},
    {"maroon", "#8c2f39"}, {"turquoise", "#1abc9c"}, {"salmon", "#f08a75"}, {"brown", "#8c6239"},
    {"gray", "#8a8a8a"},   {"grey", "#8a8a8a"},      {"black", "#4a4a4a"},  {"white", "#b8b8b8"}};

constexpr std::array kOkabeIto{"#0072b2", "#e69f00", "#009e73", "#cc79a7",
                               "#56b4e9", "#d55e00", "#b39b00", "#7f7f7f"};

constexpr std::array kHeuristicHues{"#9b59c6", "#1a9a80", "#c8841a", "#6b7280",
                                    "#b5447e", "#5c8a1e", "#4b5fa8", "#9a6b3f"};

template <class Colour>
json scale(const std::vector<std::string>& values, Colour colour) {
  json range = json::array();
  for (std::size_t i = 0; i < values.size(); ++i) range.push_back(colour(values[i], i));
  return {{"domain", values}, {"range", range}};
}

/// The factors behind the first.
ContingencyTable columns_of(const ContingencyTable& table) {
  std::vector<std::size_t> rest(table.factors().size() - 1);
  std::iota(rest.begin(), rest.end(), std::size_t{1});
  return table.marginal(rest);
}

json cell_rows(const ContingencyTable& table, const std::vector<Estimate>& shares) {
  json data = json::array();
  const ContingencyTable across = columns_of(table);
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    data.push_back(
        {{"row", table.factors()[0].values[table.codes(cell)[0]]},
         {"column",
          table.factors().size() > 1 ? cell_values(across, cell % across.cells()) : "rows"},
         {"count", table.count(cell)},
         {"share", *shares[cell].value}});
  }
  return data;
}

/// null where a number is missing, which Vega-Lite leaves undrawn.
json maybe(const std::optional<double>& number) { return number ? json(*number) : json(nullptr); }

json panels_of(const std::vector<ForestRow>& rows) {
  json panels = json::array();
  for (const ForestRow& row : rows) {
    if (std::ranges::find(panels, json(row.panel)) == panels.end()) panels.push_back(row.panel);
  }
  return panels;
}

json forest_data(const std::vector<ForestRow>& rows) {
  json data = json::array();
  for (const ForestRow& row : rows) {
    data.push_back({{"panel", row.panel},
                    {"line", row.line},
                    {"colour", row.colour},
                    {"value", maybe(row.estimate.value)},
                    {"low", maybe(row.estimate.low)},
                    {"high", maybe(row.estimate.high)}});
  }
  return data;
}

/// Dashed line across all rows at the value that would be even.
json reference_layer(double at) {
  return {{"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}, {"color", "currentColor"}}},
          {"encoding",
           {{"x", {{"datum", at}}}, {"color", {{"value", "currentColor"}}}, {"y", nullptr}}}};
}

/// Intervals, then points over them.
json forest_layers(const ForestLook& look) {
  const json scale = look.is_share ? json{{"domain", {0, 1}}} : json{{"zero", true}};
  const auto x = [&](const char* field) {
    return json{{"field", field},
                {"type", "quantitative"},
                {"title", look.axis},
                {"axis", {{"tickCount", 6}}},
                {"scale", scale}};
  };
  const json tooltip = {{{"field", "line"}, {"title", look.lines}},
                        {{"field", "value"}, {"format", ".4f"}},
                        {{"field", "low"}, {"format", ".4f"}},
                        {{"field", "high"}, {"format", ".4f"}}};
  json layers = {{{"mark", {{"type", "rule"}, {"strokeWidth", 2}}},
                  {"encoding", {{"x", x("low")}, {"x2", {{"field", "high"}}}}}},
                 {{"mark", {{"type", "point"}, {"filled", true}, {"size", 60}, {"opacity", 1}}},
                  {"encoding", {{"x", x("value")}, {"tooltip", tooltip}}}}};
  if (look.reference) layers.push_back(reference_layer(*look.reference));
  return layers;
}

}  // namespace

json value_colours(const std::vector<std::string>& values) {
  return scale(values, [](const std::string& value, std::size_t i) -> std::string {
    const auto named = kNamedColours.find(value);
    return named != kNamedColours.end() ? named->second : kOkabeIto[i % kOkabeIto.size()];
  });
}

json heuristic_colours(const std::vector<std::string>& heuristics) {
  return scale(heuristics, [](const std::string&, std::size_t i) -> std::string {
    return kHeuristicHues[i % kHeuristicHues.size()];
  });
}

json cells_chart(const ContingencyTable& table, const std::vector<Estimate>& shares) {
  const json y = {
      {"field", "row"}, {"type", "nominal"}, {"sort", nullptr}, {"title", table.factors()[0].name}};
  const std::span<const Factor> across = std::span(table.factors()).subspan(1);
  const json x = {
      {"field", "column"},
      {"type", "nominal"},
      {"sort", nullptr},
      {"title", factor_names(across)},
      {"axis", across.empty() ? json(nullptr) : json{{"labelAngle", 0}, {"orient", "top"}}}};
  const json depth = {{"field", "share"},
                      {"type", "quantitative"},
                      {"legend", nullptr},
                      {"scale", {{"domainMin", 0}, {"range", {0.05, 0.75}}}}};
  const json tooltip = {{{"field", "row"}, {"title", table.factors()[0].name}},
                        {{"field", "column"}, {"title", "group"}},
                        {{"field", "count"}, {"format", ","}},
                        {{"field", "share"}, {"format", ".4f"}}};
  return {{"data", {{"values", cell_rows(table, shares)}}},
          {"width", {{"step", 96}}},
          {"height", {{"step", 44}}},
          {"encoding", {{"x", x}, {"y", y}}},
          {"layer",
           {{{"mark", {{"type", "rect"}, {"color", "#0072b2"}}},
             {"encoding", {{"fillOpacity", depth}, {"tooltip", tooltip}}}},
            {{"mark", {{"type", "text"}, {"fontSize", 13}, {"color", "currentColor"}}},
             {"encoding", {{"text", {{"field", "count"}, {"format", ","}}}}}}}}};
}

json forest_chart(const std::vector<ForestRow>& rows, const ForestLook& look) {
  const json y = {{"field", "line"}, {"type", "nominal"}, {"sort", nullptr}, {"title", look.lines}};
  const json colour = {{"field", "colour"},
                       {"type", "nominal"},
                       {"legend", nullptr},
                       {"scale", value_colours(look.colours)}};
  const json header = {{"labelFontWeight", "bold"}, {"labelAnchor", "start"}};
  const json facet = {{"field", "panel"},
                      {"type", "nominal"},
                      {"sort", panels_of(rows)},
                      {"title", nullptr},
                      {"header", header}};
  return {{"data", {{"values", forest_data(rows)}}},
          {"columns", 2},
          {"facet", facet},
          {"spec",
           {{"width", 300},
            {"height", {{"step", 22}}},
            {"encoding", {{"y", y}, {"color", colour}}},
            {"layer", forest_layers(look)}}}};
}

}  // namespace af::audit

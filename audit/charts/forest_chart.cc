#include "audit/charts/forest_chart.h"

#include <algorithm>

#include "audit/charts/labels.h"

namespace af::audit {
namespace {

using nlohmann::json;

enum class Kind { kInterval, kBare, kUndefined };

Kind kind_of(const Estimate& estimate) {
  if (!estimate.value) return Kind::kUndefined;
  return estimate.low ? Kind::kInterval : Kind::kBare;
}

json rows_of(const ForestPanel& panel, Kind kind) {
  json data = json::array();
  for (const ForestLine& line : panel.lines) {
    if (kind_of(line.estimate) != kind) continue;
    json row = {{"line", line.label}, {"colour", line.colour}};
    if (line.estimate.value) row["value"] = *line.estimate.value;
    if (line.estimate.low) row["low"] = *line.estimate.low;
    if (line.estimate.high) row["high"] = *line.estimate.high;
    data.push_back(std::move(row));
  }
  return data;
}

/// A layer without data would have no extent, of which Vega warns.
void add_layer(json& list, json layer, json rows) {
  if (rows.empty()) return;
  layer["data"] = {{"values", std::move(rows)}};
  list.push_back(std::move(layer));
}

std::vector<std::string> labels_of(const ForestPanel& panel) {
  std::vector<std::string> labels;
  for (const ForestLine& line : panel.lines) labels.push_back(line.label);
  return labels;
}

/// Dashed line across all rows.
json reference_layer(double at) {
  return {{"data", {{"values", {json::object()}}}},
          {"mark",
           {{"type", "rule"}, {"strokeDash", {4, 3}}, {"color", "currentColor"}, {"opacity", 0.7}}},
          {"encoding",
           {{"x", {{"datum", at}}}, {"color", {{"value", "currentColor"}}}, {"y", nullptr}}}};
}

/// The panel's heading, on the line of the vertical axis' title.
json title_layer(const std::string& title, std::size_t width) {
  return {{"data", {{"values", {json::object()}}}},
          {"mark",
           {{"type", "text"},
            {"align", "left"},
            {"baseline", "bottom"},
            {"fontSize", 12},
            {"fontWeight", "bold"},
            {"limit", width},
            {"color", "currentColor"}}},
          {"encoding",
           {{"x", {{"value", 0}}},
            {"y", {{"value", -5}}},
            {"text", {{"value", title}}},
            {"color", {{"value", "currentColor"}}}}}};
}

json undefined_layer() {
  return {
      {"mark",
       {{"type", "text"}, {"align", "left"}, {"fontStyle", "italic"}, {"color", "currentColor"}}},
      {"encoding",
       {{"x", {{"value", 5}}},
        {"text", {{"value", "undefined"}}},
        {"color", {{"value", "currentColor"}}}}}};
}

/// Intervals, then points over them.
json layers(const ForestPanel& panel, const ForestLook& look, std::size_t width) {
  const bool empty = std::ranges::none_of(
      panel.lines, [](const ForestLine& line) { return line.estimate.value.has_value(); });
  // Of a reference alone Vega would make an axis of one number.
  const json scale = panel.is_share || empty ? json{{"domain", {0, 1}}} : json{{"zero", true}};
  const auto x = [&](const char* field) {
    return json{{"field", field},
                {"type", "quantitative"},
                {"title", look.axis.empty() ? json(nullptr) : json(look.axis)},
                {"axis", {{"tickCount", 5}}},
                {"scale", scale}};
  };
  const json tooltip = {
      {{"field", "line"}, {"title", look.lines.empty() ? "line" : look.lines.c_str()}},
      {{"field", "value"}, {"format", ".4f"}},
      {{"field", "low"}, {"format", ".4f"}},
      {{"field", "high"}, {"format", ".4f"}}};
  const auto point = [&](json mark) {
    mark.update({{"type", "point"}, {"opacity", 1}});
    return json{{"mark", mark}, {"encoding", {{"x", x("value")}, {"tooltip", tooltip}}}};
  };
  const json interval = {{"mark", {{"type", "rule"}, {"strokeWidth", 2}}},
                         {"encoding", {{"x", x("low")}, {"x2", {{"field", "high"}}}}}};
  const json filled = point({{"filled", true}, {"size", 55}});
  const json hollow = point({{"fill", "var(--paper)"}, {"size", 45}, {"strokeWidth", 2}});
  json list = json::array();
  add_layer(list, interval, rows_of(panel, Kind::kInterval));
  add_layer(list, filled, rows_of(panel, Kind::kInterval));
  add_layer(list, hollow, rows_of(panel, Kind::kBare));
  add_layer(list, undefined_layer(), rows_of(panel, Kind::kUndefined));
  if (panel.reference) list.push_back(reference_layer(*panel.reference));
  list.push_back(title_layer(panel.title, width));
  return list;
}

/// How many panels stand beside each other, and how wide each is.
struct Layout {
  std::size_t columns;
  std::size_t width;
};

Layout layout_of(const std::vector<ForestPanel>& panels) {
  constexpr std::size_t kGap = 30;
  constexpr std::size_t kNarrowest = 190;
  const std::size_t room = kPageWidth - label_width(labels_of(panels.front())) - 2 * kGap;
  const std::size_t third = room / 3 - kGap;
  if (panels.size() == 1) return {.columns = 1, .width = std::min<std::size_t>(room, 460)};
  if (third >= kNarrowest && panels.size() != 2 && panels.size() != 4) {
    return {.columns = 3, .width = std::min<std::size_t>(third, 250)};
  }
  return {.columns = 2, .width = std::min<std::size_t>(room / 2 - kGap, 340)};
}

}  // namespace

json forest_chart(const std::vector<ForestPanel>& panels, const ForestLook& look) {
  const Layout layout = layout_of(panels);
  const json colour = look.colours.is_null() ? json{{"value", "var(--accent)"}}
                                             : json{{"field", "colour"},
                                                    {"type", "nominal"},
                                                    {"legend", nullptr},
                                                    {"scale", look.colours}};
  const json bare = {{"labels", false}, {"ticks", false}, {"title", nullptr}};
  json list = json::array();
  for (std::size_t i = 0; i < panels.size(); ++i) {
    json y = {
        {"field", "line"}, {"type", "nominal"}, {"scale", {{"domain", labels_of(panels[i])}}}};
    y["title"] = look.lines.empty() ? json(nullptr) : json(look.lines);
    y["axis"] = i % layout.columns == 0 ? with_short_labels(title_above_labels()) : bare;
    list.push_back({{"data", {{"values", json::array()}}},
                    {"width", layout.width},
                    {"height", {{"step", 20}}},
                    {"encoding", {{"y", std::move(y)}, {"color", colour}}},
                    {"layer", layers(panels[i], look, layout.width)}});
  }
  return {{"concat", std::move(list)},
          {"columns", layout.columns},
          {"align", "each"},
          {"spacing", {{"row", 22}, {"column", 26}}}};
}

}  // namespace af::audit

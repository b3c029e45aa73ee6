#include "audit/charts/matrix_chart.h"

#include <algorithm>

#include "audit/charts/labels.h"

namespace af::audit {
namespace {

using nlohmann::json;

json rows_of(const std::vector<MatrixPanel>& panels, const MatrixLook& look) {
  json data = json::array();
  for (const MatrixPanel& panel : panels) {
    for (const MatrixField& field : panel.fields) {
      data.push_back({{"panel", panel.title},
                      {"row", field.row},
                      {"column", field.column},
                      {look.value, field.value}});
    }
  }
  return data;
}

/// How wide the columns of a panel are, and how many panels stand beside each other.
struct Layout {
  std::size_t step;
  std::size_t beside;
  bool upright;  ///< Labels across have too little room to lie.
};

Layout layout_of(const MatrixLook& look, std::size_t panels) {
  constexpr std::size_t kNarrowest = 26;
  constexpr std::size_t kGap = 24;
  const std::size_t room = kPageWidth - label_width(look.rows.labels) - kGap;
  const std::size_t wanted =
      std::clamp<std::size_t>(label_width(look.columns.labels) + 16, 34, 130);
  const std::size_t step = std::clamp(room / look.columns.labels.size(), kNarrowest, wanted);
  const std::size_t beside = (room + kGap) / (look.columns.labels.size() * step + kGap);
  return {
      .step = step, .beside = std::clamp<std::size_t>(beside, 1, panels), .upright = step < wanted};
}

json channel(const char* field, const MatrixSide& side, json axis) {
  return {{"field", field},
          {"type", "nominal"},
          {"scale", {{"domain", side.labels}}},
          {"title", side.title},
          {"axis", with_short_labels(std::move(axis))}};
}

json layers(const MatrixLook& look) {
  const json depth = {{"field", look.value},
                      {"type", "quantitative"},
                      {"legend", nullptr},
                      {"scale", {{"domain", {0, look.most}}, {"range", {0.05, 0.75}}}}};
  const json text = {{"field", look.value}, {"type", "quantitative"}, {"format", look.format}};
  json tooltip = json::array();
  tooltip.push_back({{"field", "row"}, {"title", look.rows.title}});
  tooltip.push_back({{"field", "column"}, {"title", look.columns.title}});
  tooltip.push_back(text);
  return {{{"mark", {{"type", "rect"}, {"color", "var(--depth)"}}},
           {"encoding", {{"fillOpacity", depth}, {"tooltip", std::move(tooltip)}}}},
          {{"mark", {{"type", "text"}, {"fontSize", 12}, {"color", "currentColor"}}},
           {"encoding", {{"text", text}}}}};
}

}  // namespace

json matrix_chart(const std::vector<MatrixPanel>& panels, const MatrixLook& look) {
  const Layout layout = layout_of(look, panels.size());
  const json axis = layout.upright ? json{{"labelAngle", -50}} : json{{"labelAngle", 0}};
  json titles = json::array();
  for (const MatrixPanel& panel : panels) titles.push_back(panel.title);
  const json spec = {{"width", {{"step", layout.step}}},
                     {"height", {{"step", 24}}},
                     {"encoding",
                      {{"x", channel("column", look.columns, axis)},
                       {"y", channel("row", look.rows, title_above_labels())}}},
                     {"layer", layers(look)}};
  return {{"data", {{"values", rows_of(panels, look)}}},
          {"columns", layout.beside},
          {"facet",
           {{"field", "panel"},
            {"type", "nominal"},
            {"sort", std::move(titles)},
            {"title", nullptr},
            {"header", panel_header(layout.step * look.columns.labels.size())}}},
          // Shared ones would stand below panels that the last row does not have.
          {"resolve", {{"axis", {{"x", "independent"}}}}},
          {"spec", spec}};
}

}  // namespace af::audit

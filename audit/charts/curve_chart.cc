#include "audit/charts/curve_chart.h"

#include <algorithm>
#include <numeric>

#include "audit/charts/colours.h"
#include "audit/charts/labels.h"
#include "audit/charts/seed_band.h"

namespace af::audit {
namespace {

using nlohmann::json;

constexpr std::size_t kHeight = 190;  ///< Of a panel, in pixels.

std::string panel_name(const std::string& row, const std::string& column) {
  return row.empty() ? column : row + ", " + column;
}

json key(const CurveLine& line, std::uint64_t step) {
  return {{"row", line.row},
          {"column", line.column},
          {"panel", panel_name(line.row, line.column)},
          {"colour", line.colour},
          {"dash", line.dash},
          {"step", step}};
}

json mean_points(const std::vector<std::uint64_t>& steps, const std::vector<CurveLine>& lines) {
  json data = json::array();
  for (const CurveLine& line : lines) {
    for (std::size_t s = 0; s < steps.size(); ++s) {
      const Summary& summary = line.curve->steps[s];
      if (!summary.estimate.value) continue;
      json point = key(line, steps[s]);
      point["mean"] = summary.mean;
      if (const auto ends = band(summary)) {
        point["low"] = ends->low;
        point["high"] = ends->high;
      }
      data.push_back(std::move(point));
    }
  }
  return data;
}

json seed_points(const std::vector<std::uint64_t>& steps, const std::vector<CurveLine>& lines) {
  json data = json::array();
  for (const CurveLine& line : lines) {
    for (std::size_t seed = 0; seed < line.curve->seeds.size(); ++seed) {
      for (std::size_t s = 0; s < steps.size(); ++s) {
        const std::optional<double>& value = line.curve->seeds[seed][s];
        if (!value) continue;
        json point = key(line, steps[s]);
        point["seed"] = seed;
        point["mean"] = *value;
        data.push_back(std::move(point));
      }
    }
  }
  return data;
}

json step_axis() {
  return {{"field", "step"},
          {"type", "quantitative"},
          {"title", "acquisition step"},
          {"axis", {{"tickMinStep", 1}, {"format", "d"}, {"grid", false}}},
          {"scale", {{"nice", false}}}};
}

json with(json encoding, const char* channel, const json& value) {
  if (!value.is_null()) encoding[channel] = value;
  return encoding;
}

std::vector<std::string> values_of(const json& scale) {
  return scale.at("domain").get<std::vector<std::string>>();
}

json tooltip(const CurveLook& look) {
  return {{{"field", "colour"}, {"title", look.colour}},
          {{"field", "step"}},
          {{"field", "mean"}, {"format", ".4~g"}},
          {{"field", "low"}, {"format", ".4~g"}},
          {{"field", "high"}, {"format", ".4~g"}}};
}

/// Bands, single seeds, means, one over the other. Only lines are dashed: an area has no dash.
json layers(const CurveLook& look, const json& dash, const json& shape, bool several_seeds) {
  const json y = {{"field", "mean"},
                  {"type", "quantitative"},
                  {"title", look.y},
                  {"axis", {{"tickCount", 6}}},
                  {"scale", {{"zero", look.from_zero}}}};
  const json detail = {{{"field", "seed"}}, {{"field", "dash"}}};
  json band_y = y;
  band_y["field"] = "low";
  const json mean = {{{"filter", "!isValid(datum.seed)"}}};
  json list = json::array();
  if (several_seeds) {
    list.push_back(
        {{"transform", {{{"filter", "isValid(datum.low)"}}}},
         {"mark",
          {{"type", "area"}, {"opacity", values_of(look.colours).size() > 4 ? 0.08 : 0.18}}},
         {"encoding",
          {{"y", band_y}, {"y2", {{"field", "high"}}}, {"detail", {{{"field", "dash"}}}}}}});
    list.push_back({{"transform", {{{"filter", "isValid(datum.seed)"}}}},
                    {"mark", {{"type", "line"}, {"strokeWidth", 0.8}, {"opacity", 0.35}}},
                    {"encoding", with({{"y", y}, {"detail", detail}}, "strokeDash", dash)}});
  }
  list.push_back({{"transform", mean},
                  {"mark", {{"type", "line"}, {"strokeWidth", 2.2}}},
                  {"encoding", with({{"y", y}}, "strokeDash", dash)}});
  list.push_back({{"transform", mean},
                  {"mark", {{"type", "point"}, {"filled", true}, {"size", 34}, {"opacity", 1}}},
                  {"encoding", {{"y", y}, {"shape", shape}, {"tooltip", tooltip(look)}}}});
  return list;
}

/// Majority drawn through, minority dashed.
json dash_channel() {
  return {{"field", "dash"},
          {"type", "nominal"},
          {"legend", nullptr},
          {"scale",
           {{"domain", {"majority", "minority"}},
            {"range", json::array({json::array({1, 0}), json::array({6, 4})})}}}};
}

/// How many entries of a legend have room beside each other, each column as wide as its widest.
std::size_t legend_columns(const std::vector<std::string>& values, std::size_t room) {
  constexpr std::size_t kSymbolAndGap = 36;
  for (std::size_t columns = values.size(); columns > 1; --columns) {
    std::vector<std::size_t> widths(columns);
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::size_t& width = widths[i % columns];
      width = std::max(width, kSymbolAndGap + label_width({&values[i], 1}));
    }
    if (std::accumulate(widths.begin(), widths.end(), std::size_t{0}) <= room) return columns;
  }
  return 1;
}

/// Colours and shapes have one legend, as wide as the panels beside each other.
json with_legend(const CurveLook& look, const json& scale, std::size_t width) {
  const std::vector<std::string> values = values_of(look.colours);
  const std::size_t room = width - std::min(width, 30 + label_width({&look.colour, 1}));
  const json legend = {{"columns", legend_columns(values, room)}};
  return {{"field", "colour"},
          {"type", "nominal"},
          {"title", look.colour},
          {"legend", with_short_labels(legend)},
          {"scale", scale}};
}

/// The different values of a member, in their order.
std::vector<std::string> order(const std::vector<CurveLine>& lines,
                               std::string CurveLine::*member) {
  std::vector<std::string> values;
  for (const CurveLine& line : lines) {
    if (std::ranges::find(values, line.*member) == values.end()) values.push_back(line.*member);
  }
  return values;
}

/// @param room  Pixels that a panel has along its header.
json facet_by(const char* field, json order, std::size_t room) {
  json header = panel_header(room);
  header.erase("labelAnchor");
  return {{"field", field}, {"type", "nominal"}, {"sort", std::move(order)}, {"header", header}};
}

/// How panels lie: rows by columns, or, where so many columns would be too narrow, one after the
/// other in as many columns as there is room for.
constexpr std::size_t kMaxColumns = 4;

std::size_t columns_beside(std::size_t columns) {
  if (columns <= kMaxColumns) return columns;
  for (const std::size_t beside : {4U, 3U, 5U}) {
    if (columns % beside == 0) return beside;
  }
  return kMaxColumns;
}

json facet_of(const std::vector<std::string>& rows, const std::vector<std::string>& columns,
              std::size_t width) {
  json facet = json::object();
  if (columns.size() <= kMaxColumns) {
    if (rows.size() > 1) facet["row"] = facet_by("row", rows, kHeight);
    if (columns.size() > 1) facet["column"] = facet_by("column", columns, width);
    return facet;
  }
  json panels = json::array();
  for (const std::string& row : rows) {
    for (const std::string& column : columns) panels.push_back(panel_name(row, column));
  }
  return facet_by("panel", std::move(panels), width);
}

}  // namespace

json curve_chart(const std::vector<std::uint64_t>& steps, const std::vector<CurveLine>& lines,
                 const CurveLook& look) {
  const std::vector<std::string> rows = order(lines, &CurveLine::row);
  const std::vector<std::string> columns = order(lines, &CurveLine::column);
  const std::size_t beside = columns_beside(columns.size());
  const std::size_t width = std::min<std::size_t>(kPageWidth / beside - 60, 400);
  const json dash = look.dashes ? dash_channel() : json(nullptr);
  const bool single = rows.size() * columns.size() == 1;
  const std::size_t legend_width = single ? 400 : beside * (width + 20);
  const json shape = with_legend(look, shapes(values_of(look.colours)), legend_width);
  json data = mean_points(steps, lines);
  const bool several_seeds = lines.front().curve->seeds.size() > 1;
  const json seeds = several_seeds ? seed_points(steps, lines) : json::array();
  data.insert(data.end(), seeds.begin(), seeds.end());
  json spec = {
      {"height", kHeight},
      {"encoding", {{"x", step_axis()}, {"color", with_legend(look, look.colours, legend_width)}}},
      {"layer", layers(look, dash, shape, several_seeds)}};
  spec["width"] = single ? json("container") : json(width);
  if (single) {
    spec["data"] = {{"values", data}};
    return spec;
  }
  json chart = {
      {"data", {{"values", data}}}, {"facet", facet_of(rows, columns, width)}, {"spec", spec}};
  if (columns.size() > kMaxColumns) chart["columns"] = beside;
  return chart;
}

json size_chart(json data) {
  const json y = {{"field", "labelled"}, {"type", "quantitative"}, {"title", "labelled rows"}};
  return {{"data", {{"values", std::move(data)}}},
          {"width", "container"},
          {"height", kHeight},
          {"mark",
           {{"type", "line"},
            {"color", "currentColor"},
            {"tooltip", true},
            {"point", {{"color", "currentColor"}}}}},
          {"encoding", {{"x", step_axis()}, {"y", y}}}};
}

}  // namespace af::audit

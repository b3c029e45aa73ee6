#include "audit/charts/run_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace af::audit {
namespace {

using nlohmann::json;

constexpr int kPageWidth = 920;
constexpr int kNarrowWidth = 390;

json key(const CurveLine& line, std::uint64_t step) {
  return {{"row", line.row},
          {"column", line.column},
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

std::size_t distinct(const std::vector<CurveLine>& lines, std::string CurveLine::*member) {
  std::set<std::string> values;
  for (const CurveLine& line : lines) values.insert(line.*member);
  return values.size();
}

json step_axis() {
  return {{"field", "step"},
          {"type", "quantitative"},
          {"title", "acquisition step"},
          {"axis", {{"tickMinStep", 1}, {"format", "d"}, {"grid", false}}},
          {"scale", {{"nice", false}}}};
}

json with_dash(json encoding, const json& dash) {
  if (!dash.is_null()) encoding["strokeDash"] = dash;
  return encoding;
}

/// Bands, single seeds, means, one over the other. Only lines are dashed: an area has no dash.
json layers(const json& y, const json& dash) {
  const json detail = {{{"field", "seed"}}, {{"field", "dash"}}};
  const json tooltip = {{{"field", "colour"}, {"title", "line"}},
                        {{"field", "step"}},
                        {{"field", "mean"}, {"format", ".4~g"}},
                        {{"field", "low"}, {"format", ".4~g"}},
                        {{"field", "high"}, {"format", ".4~g"}}};
  json band_y = y;
  band_y["field"] = "low";
  return {{{"transform", {{{"filter", "isValid(datum.low)"}}}},
           {"mark", {{"type", "area"}, {"opacity", 0.18}}},
           {"encoding",
            {{"y", band_y}, {"y2", {{"field", "high"}}}, {"detail", {{{"field", "dash"}}}}}}},
          {{"transform", {{{"filter", "isValid(datum.seed)"}}}},
           {"mark", {{"type", "line"}, {"strokeWidth", 0.8}, {"opacity", 0.35}}},
           {"encoding", with_dash({{"y", y}, {"detail", detail}}, dash)}},
          {{"transform", {{{"filter", "!isValid(datum.seed)"}}}},
           {"mark",
            {{"type", "line"}, {"strokeWidth", 2.2}, {"point", {{"size", 26}, {"filled", true}}}}},
           {"encoding", with_dash({{"y", y}, {"tooltip", tooltip}}, dash)}}};
}

}  // namespace

std::optional<Interval> band(const Summary& summary) {
  if (summary.n < 2) return std::nullopt;
  if (summary.n < kSeedsForInterval) return Interval{.low = summary.min, .high = summary.max};
  return Interval{.low = *summary.estimate.low, .high = *summary.estimate.high};
}

std::string band_words(std::size_t seeds) {
  if (seeds < 2) return "A single seed, so without a band.";
  const std::string lines =
      fmt::format("Thick: mean over {} seeds; faint: single seeds; band: ", seeds);
  return lines + (seeds < kSeedsForInterval ? "from the smallest to the largest seed."
                                            : "95 % Student t interval of the mean.");
}

json curve_chart(const std::vector<std::uint64_t>& steps, const std::vector<CurveLine>& lines,
                 const CurveLook& look) {
  const auto panels = static_cast<int>(distinct(lines, &CurveLine::column));
  const json y = {{"field", "mean"},
                  {"type", "quantitative"},
                  {"title", look.y},
                  {"scale", {{"zero", look.from_zero}}}};
  const json encoding = {{"x", step_axis()},
                         {"color",
                          {{"field", "colour"},
                           {"type", "nominal"},
                           {"title", look.colour},
                           {"scale", look.colours}}}};
  json dash;
  if (look.dashes) {
    dash = {{"field", "dash"},
            {"type", "nominal"},
            {"legend", nullptr},
            {"scale",
             {{"domain", {"majority", "minority"}},
              {"range", json::array({json::array({1, 0}), json::array({6, 4})})}}}};
  }
  json data = mean_points(steps, lines);
  const json seeds = seed_points(steps, lines);
  data.insert(data.end(), seeds.begin(), seeds.end());
  const json header = {{"title", nullptr}, {"labelFontWeight", "bold"}, {"labelFontSize", 12}};
  json spec = {
      {"width", panels > 1 ? std::clamp(kPageWidth / panels - 60, 180, 400) : kNarrowWidth},
      {"height", 190},
      {"encoding", encoding},
      {"layer", layers(y, dash)}};
  json facet = json::object();
  if (distinct(lines, &CurveLine::row) > 1) {
    facet["row"] = {{"field", "row"}, {"type", "nominal"}, {"sort", nullptr}, {"header", header}};
  }
  if (panels > 1) {
    facet["column"] = {
        {"field", "column"}, {"type", "nominal"}, {"sort", nullptr}, {"header", header}};
  }
  if (facet.empty()) {
    spec["data"] = {{"values", data}};
    return spec;
  }
  return {{"data", {{"values", data}}}, {"facet", facet}, {"spec", spec}};
}

json size_chart(json data) {
  const json y = {{"field", "labelled"}, {"type", "quantitative"}, {"title", "labelled rows"}};
  return {{"data", {{"values", std::move(data)}}},
          {"width", kNarrowWidth},
          {"height", 190},
          {"mark",
           {{"type", "line"},
            {"color", "currentColor"},
            {"tooltip", true},
            {"point", {{"color", "currentColor"}}}}},
          {"encoding", {{"x", step_axis()}, {"y", y}}}};
}

}  // namespace af::audit

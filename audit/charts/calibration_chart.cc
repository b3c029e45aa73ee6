#include "audit/charts/calibration_chart.h"

#include "audit/charts/labels.h"

namespace af::audit {
namespace {

using nlohmann::json;

json rows_of(const std::vector<CalibrationPoint>& points) {
  json data = json::array();
  for (const CalibrationPoint& point : points) {
    data.push_back({{"group", point.group},
                    {"score", point.mean_score},
                    {"positive", *point.positive.value},
                    {"low", *point.positive.low},
                    {"high", *point.positive.high}});
  }
  return data;
}

json axis(const char* field, const char* title) {
  return {{"field", field},
          {"type", "quantitative"},
          {"title", title},
          {"axis", {{"values", {0, 0.2, 0.4, 0.6, 0.8, 1}}, {"format", ".1f"}}},
          {"scale", {{"domain", {-0.04, 1.04}}, {"nice", false}}}};
}

json diagonal() {
  return {{"mark",
           {{"type", "rule"}, {"strokeDash", {4, 3}}, {"color", "currentColor"}, {"opacity", 0.7}}},
          {"data", {{"values", {json::object()}}}},
          {"encoding",
           {{"x", {{"datum", 0}}},
            {"y", {{"datum", 0}}},
            {"x2", {{"datum", 1}}},
            {"y2", {{"datum", 1}}}}}};
}

}  // namespace

json calibration_chart(const std::vector<CalibrationPoint>& points) {
  const json x = axis("score", "mean score");
  const json tooltip = {{{"field", "group"}},
                        {{"field", "score"}, {"title", "mean score"}, {"format", ".4f"}},
                        {{"field", "positive"}, {"format", ".4f"}},
                        {{"field", "low"}, {"format", ".4f"}},
                        {{"field", "high"}, {"format", ".4f"}}};
  const json colour = "var(--accent)";
  const json layers = {
      diagonal(),
      {{"mark", {{"type", "rule"}, {"strokeWidth", 2}, {"color", colour}}},
       {"encoding", {{"x", x}, {"y", axis("low", "share positive")}, {"y2", {{"field", "high"}}}}}},
      {{"mark",
        {{"type", "point"}, {"filled", true}, {"size", 40}, {"opacity", 1}, {"color", colour}}},
       {"encoding", {{"x", x}, {"y", axis("positive", "share positive")}, {"tooltip", tooltip}}}}};
  constexpr std::size_t kSide = 180;
  return {{"data", {{"values", rows_of(points)}}},
          {"columns", 4},
          {"facet",
           {{"field", "group"},
            {"type", "nominal"},
            {"sort", nullptr},
            {"title", nullptr},
            {"header", panel_header(kSide)}}},
          // Shared ones would stand below panels that the last row does not have.
          {"resolve", {{"axis", {{"x", "independent"}}}}},
          {"spec", {{"width", kSide}, {"height", kSide}, {"layer", layers}}}};
}

}  // namespace af::audit

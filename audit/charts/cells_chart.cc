#include "audit/charts/cells_chart.h"

#include <algorithm>
#include <numeric>

#include "audit/charts/labels.h"

namespace af::audit {
namespace {

using nlohmann::json;

/// The factors behind the first.
ContingencyTable behind_first(const ContingencyTable& table) {
  std::vector<std::size_t> rest(table.factors().size() - 1);
  std::iota(rest.begin(), rest.end(), std::size_t{1});
  return table.marginal(rest);
}

/// One side of the heat map.
struct Side {
  std::string field;
  std::string title;
  std::vector<std::string> labels;
};

Side first_side(const ContingencyTable& table) {
  return {.field = "first", .title = table.factors()[0].name, .labels = table.factors()[0].values};
}

Side other_side(const ContingencyTable& table) {
  const ContingencyTable rest = behind_first(table);
  Side side{.field = "other", .title = factor_names(rest.factors()), .labels = {}};
  for (std::size_t cell = 0; cell < rest.cells(); ++cell) {
    side.labels.push_back(cell_values(rest, cell));
  }
  return side;
}

json cell_rows(const ContingencyTable& table, const std::vector<Estimate>& shares,
               const Side* other) {
  json data = json::array();
  for (std::size_t cell = 0; cell < table.cells(); ++cell) {
    json row = {{"first", table.factors()[0].values[table.codes(cell)[0]]},
                {"count", table.count(cell)},
                {"share", *shares[cell].value}};
    if (other != nullptr) row["other"] = other->labels[cell % other->labels.size()];
    data.push_back(std::move(row));
  }
  return data;
}

json tooltip(const std::vector<const Side*>& sides) {
  json list = json::array();
  for (const Side* side : sides) list.push_back({{"field", side->field}, {"title", side->title}});
  list.push_back({{"field", "count"}, {"title", "rows"}});
  list.push_back({{"field", "share"}, {"format", ".4f"}});
  return list;
}

json channel(const Side& side, json axis) {
  return {{"field", side.field},
          {"type", "nominal"},
          {"sort", nullptr},
          {"title", side.title},
          {"axis", with_short_labels(std::move(axis))}};
}

json bars(const ContingencyTable& table, const std::vector<Estimate>& shares) {
  const Side side = first_side(table);
  const json x = {{"field", "count"},
                  {"type", "quantitative"},
                  {"title", "rows"},
                  {"axis", {{"tickCount", 5}, {"format", "d"}, {"tickMinStep", 1}}}};
  return {{"data", {{"values", cell_rows(table, shares, nullptr)}}},
          {"width", 460},
          {"height", {{"step", 24}}},
          {"encoding", {{"y", channel(side, title_above_labels())}, {"x", x}}},
          {"layer",
           {{{"mark", {{"type", "bar"}, {"color", "var(--depth)"}, {"height", {{"band", 0.72}}}}},
             {"encoding", {{"tooltip", tooltip({&side})}}}},
            {{"mark", {{"type", "text"}, {"align", "left"}, {"dx", 5}, {"color", "currentColor"}}},
             {"encoding", {{"text", {{"field", "count"}}}}}}}}};
}

/// Room for the labels across, upright where it is too little for them.
struct Across {
  std::size_t step;
  bool upright;
};

Across across(const Side& side) {
  constexpr std::size_t kRoom = 640;
  constexpr std::size_t kNarrowest = 46;
  const std::size_t wanted = std::clamp<std::size_t>(label_width(side.labels) + 18, 84, 280);
  const std::size_t room = std::max(kNarrowest, kRoom / side.labels.size());
  return {.step = std::min(wanted, room), .upright = wanted > room};
}

json heat_map(const ContingencyTable& table, const std::vector<Estimate>& shares) {
  const Side first = first_side(table);
  const Side other = other_side(table);
  const Across usual = across(other);
  const bool turned = usual.upright && other.labels.size() > first.labels.size();
  const Side& down = turned ? other : first;
  const Side& right = turned ? first : other;
  const Across room = across(right);
  const json depth = {{"field", "share"},
                      {"type", "quantitative"},
                      {"legend", nullptr},
                      {"scale", {{"domainMin", 0}, {"range", {0.05, 0.75}}}}};
  const json x_axis = room.upright
                          ? json{{"orient", "top"}, {"labelAngle", -50}, {"labelAlign", "left"}}
                          : json{{"orient", "top"}, {"labelAngle", 0}};
  return {{"data", {{"values", cell_rows(table, shares, &other)}}},
          {"width", {{"step", room.step}}},
          {"height", {{"step", down.labels.size() > 8 ? 24 : 36}}},
          {"encoding", {{"x", channel(right, x_axis)}, {"y", channel(down, title_above_labels())}}},
          {"layer",
           {{{"mark", {{"type", "rect"}, {"color", "var(--depth)"}}},
             {"encoding", {{"fillOpacity", depth}, {"tooltip", tooltip({&first, &other})}}}},
            {{"mark", {{"type", "text"}, {"fontSize", 13}, {"color", "currentColor"}}},
             {"encoding", {{"text", {{"field", "count"}}}}}}}}};
}

}  // namespace

json cells_chart(const ContingencyTable& table, const std::vector<Estimate>& shares) {
  return table.factors().size() == 1 ? bars(table, shares) : heat_map(table, shares);
}

}  // namespace af::audit

#include "al/comparison/learning_curve.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace af::al {
namespace {

using Value = std::optional<double>;

/// The fields of a line. Quotes are not looked at: the columns read here lie before those that are
/// named after the data's values.
std::vector<std::string_view> fields(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    found.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return found;
}

/// A column of the lines by its name; empty values where there is no such column.
std::vector<Value> column(const std::string& header, const std::vector<std::string>& lines,
                          std::string_view name) {
  const std::vector<std::string_view> names = fields(header);
  const auto index = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  std::vector<Value> values;
  for (const std::string& line : lines) {
    const std::vector<std::string_view> parts = fields(line);
    double value = 0;
    const std::string_view text = index < parts.size() ? parts[index] : std::string_view();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    values.push_back(error == std::errc{} ? Value(value) : std::nullopt);
  }
  return values;
}

}  // namespace

LearningCurve learning_curve(const std::string& header, const std::vector<std::string>& lines) {
  const auto named = [&](std::string_view name) { return column(header, lines, name); };
  LearningCurve curve{.accuracy = named("accuracy"),
                      .worst_group_accuracy = named("worst_group_accuracy"),
                      .group_gap = named("group_gap"),
                      .equalized_odds_difference = named("equalized_odds_difference"),
                      .nll = named("nll"),
                      .ece = named("ece"),
                      .brier = named("brier")};
  for (const Value& labelled : named("labelled")) {
    curve.labelled.push_back(static_cast<std::int64_t>(labelled.value_or(0)));
  }
  return curve;
}

Value area_under_budget_curve(const std::vector<std::int64_t>& labelled,
                              const std::vector<Value>& values) {
  if (labelled.size() < 2 || !std::ranges::all_of(values, &Value::has_value)) return std::nullopt;
  double area = 0;
  for (std::size_t i = 1; i < labelled.size(); ++i) {
    const auto width = static_cast<double>(labelled[i] - labelled[i - 1]);
    area += width * (*values[i] + *values[i - 1]) / 2;
  }
  return area / static_cast<double>(labelled.back() - labelled.front());
}

std::optional<std::int64_t> labels_to_reach(const LearningCurve& curve, double target) {
  for (std::size_t i = 0; i < curve.labelled.size(); ++i) {
    if (curve.accuracy[i] && *curve.accuracy[i] >= target) return curve.labelled[i];
  }
  return std::nullopt;
}

}  // namespace af::al

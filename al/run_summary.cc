#include "al/run_summary.h"

#include <algorithm>
#include <charconv>
#include <cmath>
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

Value number(const std::string& header, const std::string& line, std::string_view name) {
  const std::vector<std::string_view> names = fields(header);
  const std::vector<std::string_view> values = fields(line);
  const auto index = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  if (index >= std::min(names.size(), values.size())) return std::nullopt;
  const std::string_view text = values[index];
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

template <class Member>
SeedStatistic statistic(const std::vector<LastStep>& seeds, Member member) {
  std::vector<Value> values;
  for (const LastStep& seed : seeds) values.emplace_back(seed.*member);
  return over_seeds(values);
}

}  // namespace

SeedStatistic over_seeds(const std::vector<Value>& values) {
  if (values.empty() || !std::ranges::all_of(values, &Value::has_value)) return {};
  const auto count = static_cast<double>(values.size());
  double mean = 0;
  for (const Value& value : values) mean += *value / count;
  if (values.size() == 1) return {.mean = mean, .deviation = std::nullopt};
  double squares = 0;
  for (const Value& value : values) squares += (*value - mean) * (*value - mean);
  return {.mean = mean, .deviation = std::sqrt(squares / (count - 1))};
}

std::vector<bool> minority_rows(const ImageTable& table) {
  const std::size_t groups = table.group.size();
  std::vector<std::size_t> cells(table.target.size() * groups);
  std::vector<std::size_t> classes(table.target.size());
  const auto cell_of = [&](std::size_t row) {
    return table.target.codes[row] * groups + table.group.codes[row];
  };
  for (std::size_t row = 0; row < table.target.codes.size(); ++row) {
    ++cells[cell_of(row)];
    ++classes[table.target.codes[row]];
  }
  std::vector<bool> minority;
  for (std::size_t row = 0; row < table.target.codes.size(); ++row) {
    minority.push_back(cells[cell_of(row)] * groups < classes[table.target.codes[row]]);
  }
  return minority;
}

double minority_share(const std::vector<LabelledRow>& labelled, const std::vector<bool>& minority) {
  const auto count = std::ranges::count_if(labelled, [&](const LabelledRow& one) {
    return minority[static_cast<std::size_t>(one.row)];
  });
  return static_cast<double>(count) / static_cast<double>(labelled.size());
}

LastStep last_step(const std::string& header, const std::string& line) {
  LastStep last;
  last.labelled = static_cast<std::int64_t>(number(header, line, "labelled").value_or(0));
  last.accuracy = number(header, line, "accuracy");
  last.worst_group_accuracy = number(header, line, "worst_group_accuracy");
  last.group_gap = number(header, line, "group_gap");
  return last;
}

HeuristicSummary summarised(const std::string& heuristic, const std::vector<LastStep>& seeds) {
  return {.heuristic = heuristic,
          .labelled = seeds.front().labelled,
          .accuracy = statistic(seeds, &LastStep::accuracy),
          .worst_group_accuracy = statistic(seeds, &LastStep::worst_group_accuracy),
          .group_gap = statistic(seeds, &LastStep::group_gap),
          .minority_share = statistic(seeds, &LastStep::minority_share)};
}

}  // namespace af::al

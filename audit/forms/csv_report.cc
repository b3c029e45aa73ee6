#include "audit/forms/csv_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/gates/figures.h"
#include "core/text.h"

namespace af::audit {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : std::string();
}

std::string number(const Json& value) {
  return value.is_number() ? fmt::format("{}", value.get<double>()) : std::string();
}

std::vector<std::string> columns_of(const Figures& figures) {
  std::vector<std::string> columns;
  for (const Figure& figure : figures.all()) {
    for (const auto& [column, value] : figure.where) {
      if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
    }
  }
  return columns;
}

std::string line(const std::vector<std::string>& fields) {
  std::string text = csv_field(fields.front());
  for (std::size_t i = 1; i < fields.size(); ++i) {
    text += ',';
    text += csv_field(fields[i]);
  }
  return text + "\n";
}

std::string gate_lines(const Report& report, std::size_t columns) {
  std::string text;
  const auto gates = report.document.find("gates");
  if (gates == report.document.end()) return text;
  for (const Json& gate : *gates) {
    for (const Json& one : gate.at("comparisons")) {
      std::vector<std::string> fields{"gate " + gate.at("name").get<std::string>()};
      fields.resize(1 + columns);
      fields.insert(fields.end(),
                    {number(one.at("value")), number(one.at("low")), number(one.at("high")), "",
                     fmt::format("{}: {}: {}", gate.at("verdict").get<std::string>(),
                                 one.at("comparison").get<std::string>(),
                                 one.at("reason").get<std::string>()),
                     ""});
      text += line(fields);
    }
  }
  return text;
}

std::string figure_line(const Figure& figure, const std::vector<std::string>& columns) {
  std::vector<std::string> fields{fmt::format("{}", fmt::join(figure.path, "."))};
  for (const std::string& column : columns) {
    const auto found =
        std::ranges::find(figure.where, column, [](const auto& pair) { return pair.first; });
    fields.push_back(found == figure.where.end() ? std::string() : found->second);
  }
  const Estimate& e = figure.estimate;
  fields.insert(fields.end(), {number(e.value), number(e.low), number(e.high),
                               e.exact ? "true" : "false", e.reason, e.interval});
  return line(fields);
}

}  // namespace

std::string csv_report(const Report& report) {
  const Figures figures(report.document);
  const std::vector<std::string> columns = columns_of(figures);
  std::vector<std::string> header{"figure"};
  header.insert(header.end(), columns.begin(), columns.end());
  header.insert(header.end(), {"value", "low", "high", "exact", "reason", "interval"});
  std::string text = line(header) + gate_lines(report, columns.size());
  for (const Figure& figure : figures.all()) text += figure_line(figure, columns);
  return text;
}

}  // namespace af::audit

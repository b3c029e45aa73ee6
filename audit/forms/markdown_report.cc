#include "audit/forms/markdown_report.h"

#include <fmt/format.h>

#include "audit/forms/shown_table.h"
#include "core/text.h"

namespace af::audit {
namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_{}[]<>#|~&!").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string row(const std::vector<std::string>& fields) {
  std::string text = "|";
  for (const std::string& field : fields) text += fmt::format(" {} |", escaped(field));
  return text + "\n";
}

std::string table_text(const Table& table) {
  const ShownTable shown_table = shown(table);
  std::vector<std::string> titles;
  std::string rule = "|";
  for (const ShownTable::Column& column : shown_table.columns) {
    titles.push_back(column.title);
    rule += column.is_number ? "---:|" : "---|";
  }
  std::string text = row(titles) + rule + "\n";
  for (const auto& fields : shown_table.rows) {
    std::vector<std::string> texts;
    for (const ShownField& field : fields) texts.push_back(field.text);
    text += row(texts);
  }
  for (const std::string& note : shown_table.notes) text += fmt::format("\n{}\n", escaped(note));
  return text;
}

}  // namespace

std::string markdown_report(const Report& report) {
  std::string text = fmt::format("# {}\n\n", escaped(report.title));
  for (const auto& [name, value] : report.facts) {
    text += fmt::format("- {}: {}\n", escaped(name), escaped(value));
  }
  for (const Exhibit& exhibit : report.exhibits) {
    if (exhibit.shown == Shown::kPage) continue;
    text += fmt::format("\n## {}\n\n", escaped(exhibit.title));
    if (!exhibit.finding.empty()) text += fmt::format("**{}** ", escaped(exhibit.finding));
    text += fmt::format("{}\n\n{}", escaped(exhibit.says), table_text(exhibit.table));
  }
  return text;
}

}  // namespace af::audit

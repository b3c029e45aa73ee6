#include "audit/forms/text_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/forms/shown_table.h"

namespace af::audit {
namespace {

constexpr std::size_t kWidth = 78;

/// Characters of UTF-8 text, as a terminal shows them but for wide and combining ones.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Control characters could move the cursor; a value must not.
std::string printable(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, '?');
  return text;
}

std::string padded(const std::string& raw, std::size_t width, bool right) {
  const std::string text = printable(raw);
  const std::string space(width - std::min(width, width_of(text)), ' ');
  return right ? space + text : text + space;
}

std::string line(const std::vector<ShownField>& fields, const ShownTable& table,
                 const std::vector<std::size_t>& widths) {
  std::string result;
  for (std::size_t c = 0; c < fields.size(); ++c) {
    result += fmt::format("  {}", padded(fields[c].text, widths[c], table.columns[c].is_number));
  }
  result.erase(result.find_last_not_of(' ') + 1);
  return result + "\n";
}

/// Breaks a sentence into lines of at most kWidth characters, indented by two.
std::string wrapped(const std::string& sentence) {
  std::string result;
  std::string current;
  std::size_t at = 0;
  while (at < sentence.size()) {
    const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
    const std::string word = sentence.substr(at, end - at);
    if (width_of(current) + width_of(word) + 1 > kWidth) {
      result += fmt::format("  {}\n", current);
      current.clear();
    }
    current += fmt::format("{}{}", current.empty() ? "" : " ", word);
    at = end + 1;
  }
  return result + fmt::format("  {}\n", current);
}

std::string table_text(const Table& table) {
  const ShownTable shown_table = shown(table);
  std::vector<std::size_t> widths;
  std::vector<ShownField> titles;
  for (std::size_t c = 0; c < shown_table.columns.size(); ++c) {
    titles.push_back({.text = shown_table.columns[c].title});
    widths.push_back(width_of(printable(titles.back().text)));
    for (const auto& row : shown_table.rows) {
      widths[c] = std::max(widths[c], width_of(printable(row[c].text)));
    }
  }
  std::string text = line(titles, shown_table, widths);
  for (const auto& row : shown_table.rows) text += line(row, shown_table, widths);
  for (const std::string& note : shown_table.notes) text += wrapped(printable(note));
  return text;
}

std::string heading(const std::string& text, bool bold) {
  return bold ? fmt::format("\033[1m{}\033[0m\n", printable(text)) : printable(text) + "\n";
}

}  // namespace

std::string text_report(const Report& report, bool bold) {
  std::string text = heading(report.title, bold);
  for (const auto& [name, value] : report.facts) {
    text += fmt::format("  {}: {}\n", name, printable(value));
  }
  for (const Exhibit& exhibit : report.exhibits) {
    if (exhibit.shown == Shown::kPage) continue;
    text += fmt::format("\n{}", heading(exhibit.title, bold));
    if (!exhibit.finding.empty()) text += wrapped(printable(exhibit.finding));
    text += wrapped(printable(exhibit.says));
    text += table_text(exhibit.table);
  }
  return text;
}

}  // namespace af::audit

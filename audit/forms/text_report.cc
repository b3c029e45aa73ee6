#include "audit/forms/text_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/forms/text_lines.h"
#include "audit/forms/text_table.h"
#include "core/text.h"

namespace af::audit {
namespace {

/// A sentence in lines, indented by two.
std::string sentence(const std::string& text, std::size_t width) {
  std::string result;
  for (const std::string& line : lines_of(printable(text), width - 2, LongWords::kKept)) {
    result += fmt::format("  {}\n", line);
  }
  return result;
}

std::string heading(const std::string& text, bool bold, std::size_t width) {
  std::string result;
  for (const std::string& line : lines_of(printable(text), width, LongWords::kKept)) {
    result += bold ? fmt::format("\033[1m{}\033[0m\n", line) : line + "\n";
  }
  return result;
}

}  // namespace

std::string text_report(const Report& report, bool bold, std::size_t width) {
  const std::size_t sentences = width == 0 ? kTextWidth : std::min(width, kTextWidth);
  std::string text = heading(report.title, bold, sentences);
  for (const auto& [name, value] : report.facts) {
    text += sentence(fmt::format("{}: {}", name, value), sentences);
  }
  for (const Exhibit& exhibit : report.exhibits) {
    if (exhibit.shown == Shown::kPage) continue;
    text += fmt::format("\n{}", heading(exhibit.title, bold, sentences));
    if (!exhibit.finding.empty()) text += sentence(exhibit.finding, sentences);
    text += sentence(exhibit.says, sentences);
    const ShownTable table = shown(exhibit.table);
    text += text_table(table, width);
    for (const std::string& note : table.notes) text += sentence(note, sentences);
  }
  return text;
}

}  // namespace af::audit

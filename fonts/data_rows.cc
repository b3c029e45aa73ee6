#include "fonts/data_rows.h"

#include <cassert>

// Defined by data/font_data.S.in.
extern "C" {
extern const char af_fonts_alphabets[];
extern const char af_fonts_alphabets_end[];
extern const char af_fonts_accents[];
extern const char af_fonts_accents_end[];
}

namespace af::fonts {
namespace {

/// Takes what stands before the first `separator` off the front of `text`.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

}  // namespace

std::string_view data_file(std::string_view name) {
  if (name == "accents") return {af_fonts_accents, af_fonts_accents_end};
  assert(name == "alphabets");
  return {af_fonts_alphabets, af_fonts_alphabets_end};
}

std::vector<std::vector<std::string_view>> data_rows(std::string_view text, std::size_t columns) {
  std::vector<std::vector<std::string_view>> rows;
  while (!text.empty()) {
    std::string_view line = take(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    auto& row = rows.emplace_back();
    for (std::size_t column = 0; column < columns; ++column) row.push_back(take(line, '\t'));
  }
  return rows;
}

}  // namespace af::fonts

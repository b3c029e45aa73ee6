#include "audit/forms/text_table.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "audit/forms/text_lines.h"
#include "core/text.h"

namespace af::audit {
namespace {

constexpr std::size_t kGap = 2;        ///< Spaces in front of each column.
constexpr std::size_t kNarrow = 20;    ///< Texts are broken down to this before columns are.
constexpr std::size_t kNarrowest = 8;  ///< And to this if the names of the rows leave no room.

using Columns = std::vector<std::size_t>;

/// The texts of one column and how wide it is.
struct Strip {
  std::string title;
  std::vector<std::string> texts;
  bool is_number = false;
  bool is_text = false;  ///< May be broken into lines.
  std::size_t width = 0;
};

std::size_t widest_text(const Strip& strip) {
  std::size_t widest = 0;
  for (const std::string& text : strip.texts) widest = std::max(widest, columns_of(text));
  return widest;
}

std::size_t widest_word(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string& word : lines_of(text, 1, LongWords::kKept)) {
    widest = std::max(widest, columns_of(word));
  }
  return widest;
}

std::vector<Strip> strips_of(const ShownTable& table) {
  std::vector<Strip> strips;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const ShownTable::Column& column = table.columns[c];
    Strip& strip = strips.emplace_back();
    strip.title = printable(column.title);
    for (const auto& row : table.rows) strip.texts.push_back(printable(row[c].text));
    strip.is_number = column.is_number;
    strip.is_text = !column.is_number && !column.is_interval;
    strip.width = std::max(widest_text(strip), columns_of(strip.title));
  }
  return strips;
}

std::size_t width_of(const std::vector<Strip>& strips, std::span<const std::size_t> columns) {
  std::size_t width = 0;
  for (const std::size_t c : columns) width += kGap + strips[c].width;
  return width;
}

/// Titles of several words go over several lines where that makes their columns narrower.
void break_titles(std::vector<Strip>& strips) {
  for (Strip& strip : strips) {
    strip.width = std::max(widest_text(strip), widest_word(strip.title));
  }
}

/// Takes width from the widest texts among `columns` until they fit or none is above `least`.
void break_texts(std::vector<Strip>& strips, const Columns& columns, std::size_t room,
                 std::size_t least) {
  while (width_of(strips, columns) > room) {
    Strip* widest = nullptr;
    for (const std::size_t c : columns) {
      if (!strips[c].is_text || strips[c].width <= least) continue;
      if (widest == nullptr || strips[c].width > widest->width) widest = &strips[c];
    }
    if (widest == nullptr) return;
    --widest->width;
  }
}

/// Cuts the columns behind the keys into blocks of at most `room`, an interval beside its value.
std::vector<Columns> cut(const ShownTable& table, const std::vector<Strip>& strips,
                         std::size_t room) {
  std::vector<Columns> blocks;
  for (std::size_t c = table.keys; c < strips.size();) {
    Columns together{c};
    for (++c; c < strips.size() && table.columns[c].is_interval; ++c) together.push_back(c);
    if (blocks.empty() || width_of(strips, blocks.back()) + width_of(strips, together) > room) {
      blocks.emplace_back();
    }
    blocks.back().insert(blocks.back().end(), together.begin(), together.end());
  }
  return blocks;
}

/// As few blocks as there must be, about as wide as each other, with the keys in front of each.
std::vector<Columns> blocks_of(const ShownTable& table, std::vector<Strip>& strips,
                               std::size_t width) {
  Columns all(strips.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (width == 0 || width_of(strips, all) <= width) return {all};
  std::vector<Strip> broken = strips;
  break_titles(broken);
  break_texts(broken, all, width, kNarrow);
  if (width_of(broken, all) <= width) {
    strips = std::move(broken);
    return {all};
  }
  const Columns keys(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(table.keys));
  std::size_t widest = width / 2;
  for (const Columns& together : cut(table, strips, 0)) {
    widest = std::max(widest, width_of(strips, together));
  }
  break_texts(strips, keys, width - std::min(width, widest), kNarrowest);
  std::size_t room = width - std::min(width, width_of(strips, keys));
  for (std::size_t c = table.keys; c < strips.size(); ++c) break_texts(strips, {c}, room, kNarrow);
  std::vector<Columns> blocks = cut(table, strips, room);
  for (auto narrower = blocks; narrower.size() == blocks.size() && room > 0; --room) {
    blocks = narrower;
    narrower = cut(table, strips, room);
  }
  for (Columns& block : blocks) block.insert(block.begin(), keys.begin(), keys.end());
  return blocks;
}

/// One field, in a line of a row, as wide as its strip.
std::string padded(const std::string& part, const Strip& strip) {
  const std::string space(strip.width - std::min(strip.width, columns_of(part)), ' ');
  return std::string(kGap, ' ') + (strip.is_number ? space + part : part + space);
}

enum class Stand { kTop, kBottom };

/// One row, of as many lines as its longest text takes.
/// @param stand    Where shorter texts stand in it.
/// @param text_in  text_in(strip) -> its text.
template <class TextIn>
std::string row_text(const std::vector<Strip>& strips, const Columns& block, Stand stand,
                     TextIn text_in) {
  std::vector<std::vector<std::string>> fields;
  std::size_t height = 0;
  for (const std::size_t c : block) {
    fields.push_back(lines_of(text_in(strips[c]), strips[c].width, LongWords::kBroken));
    height = std::max(height, fields.back().size());
  }
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    std::string line;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const std::size_t above = stand == Stand::kTop ? 0 : height - fields[f].size();
      const bool is_there = i >= above && i - above < fields[f].size();
      line += padded(is_there ? fields[f][i - above] : std::string(), strips[block[f]]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string text_table(const ShownTable& table, std::size_t width) {
  std::vector<Strip> strips = strips_of(table);
  std::string text;
  for (const Columns& block : blocks_of(table, strips, width)) {
    if (!text.empty()) text += "\n";
    text += row_text(strips, block, Stand::kBottom, [](const Strip& strip) { return strip.title; });
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      text += row_text(strips, block, Stand::kTop,
                       [&](const Strip& strip) { return strip.texts[row]; });
    }
  }
  return text;
}

}  // namespace af::audit

#include "audit/forms/text_lines.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace af::audit {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array kCombining{Range{0x300, 0x36F},   Range{0x483, 0x489},   Range{0x591, 0x5BD},
                                Range{0x610, 0x61A},   Range{0x64B, 0x65F},   Range{0x200B, 0x200F},
                                Range{0x2028, 0x202E}, Range{0x2060, 0x206F}, Range{0x20D0, 0x20FF},
                                Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}};
constexpr std::array kWide{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
    Range{0xA960, 0xA97C},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t point) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return range.first <= point && point <= range.last; });
}

/// Bytes of the character that begins with `lead`.
std::size_t length_of(unsigned char lead) {
  if (lead < 0xC0U) return 1;
  if (lead < 0xE0U) return 2;
  return lead < 0xF0U ? 3 : 4;
}

/// @param character  Of one to four bytes of UTF-8.
std::size_t columns_of_one(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return 1;
  char32_t point = byte(0) & (0xFFU >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) point = point << 6U | (byte(i) & 0x3FU);
  if (within(kCombining, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

std::string_view character_at(std::string_view text, std::size_t at) {
  return text.substr(at, length_of(static_cast<unsigned char>(text[at])));
}

/// Bytes of the part of a long word that goes into a line of `width` columns, one character at
/// least.
std::size_t part_of(std::string_view word, std::size_t width) {
  std::size_t columns = 0;
  std::size_t end = 0;
  std::size_t after_sign = 0;
  while (end < word.size()) {
    const std::string_view one = character_at(word, end);
    columns += columns_of_one(one);
    if (columns > width && end > 0) break;
    end += one.size();
    if (std::string_view("_/,-=[").find(one) != std::string_view::npos) after_sign = end;
  }
  return after_sign > 0 && end < word.size() ? after_sign : end;
}

/// The next word from `at` on with the spaces before it, up to a space that no "%" follows.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = text.find(' ', text.find_first_not_of(' ', at));
  if (end != std::string_view::npos && text.substr(end, 2) == " %") end = text.find(' ', end + 1);
  return text.substr(at, end == std::string_view::npos ? end : end - at);
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view one = character_at(text, at);
    columns += columns_of_one(one);
    at += one.size();
  }
  return columns;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t width, LongWords words) {
  std::vector<std::string> lines{{}};
  for (std::size_t at = 0; at <= text.size();) {
    std::string_view word = word_at(text, at);
    at += word.size() + 1;
    if (!lines.back().empty() && columns_of(lines.back()) + 1 + columns_of(word) > width) {
      lines.emplace_back();
    }
    if (!lines.back().empty()) lines.back() += ' ';
    while (words == LongWords::kBroken && columns_of(word) > width) {
      const std::size_t part = part_of(word, width);
      lines.back() += word.substr(0, part);
      word.remove_prefix(part);
      lines.emplace_back();
    }
    lines.back() += word;
  }
  return lines;
}

}  // namespace af::audit

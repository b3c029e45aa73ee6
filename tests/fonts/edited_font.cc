#include "tests/fonts/edited_font.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "tests/support/program.h"

namespace af::test {
namespace {

std::string big_endian(std::uint32_t value, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

}  // namespace

EditedFont::EditedFont(const std::filesystem::path& file) : bytes_(file_bytes(file)) { read_map(); }

std::uint32_t EditedFont::number(std::size_t at, int size) const {
  std::uint32_t value = 0;
  for (int i = 0; i < size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes_.at(at + static_cast<std::size_t>(i)));
  }
  return value;
}

void EditedFont::put(std::size_t at, std::uint32_t value, int size) {
  for (const char byte : big_endian(value, size)) bytes_.at(at++) = byte;
}

std::size_t EditedFont::entry(std::string_view tag) const {
  for (std::size_t i = 0; i < number(4, 2); ++i) {
    if (bytes_.substr(12 + 16 * i, 4) == tag) return 12 + 16 * i;
  }
  throw std::runtime_error(std::string("the font has no table ").append(tag));
}

void EditedFont::read_map() {
  const std::size_t cmap = table("cmap");
  for (std::size_t i = 0; i < number(cmap + 2, 2); ++i) {
    const std::size_t subtable = cmap + number(cmap + 4 + 8 * i + 4, 4);
    if (number(subtable, 2) != 12) continue;
    for (std::size_t group = 0; group < number(subtable + 12, 4); ++group) {
      const std::size_t at = subtable + 16 + 12 * group;
      const std::uint32_t first = number(at, 4);
      for (std::uint32_t c = first; c <= number(at + 4, 4); ++c) {
        glyphs_[c] = number(at + 8, 4) + c - first;
      }
    }
    return;
  }
  throw std::runtime_error("the font has no character map of format 12");
}

void EditedFont::draw_as_missing(char32_t character) {
  const std::size_t loca = table("loca");
  const std::size_t glyph = loca + 4 * std::size_t{glyphs_.at(character)};
  put(glyph, number(loca, 4), 4);
  put(glyph + 4, number(loca + 4, 4), 4);
  const std::size_t metrics = table("hmtx");  // The left side bearing moves the outline.
  put(metrics + 4 * std::size_t{glyphs_.at(character)}, number(metrics, 4), 4);
}

void EditedFont::set_units_per_em(std::uint16_t units) { put(table("head") + 18, units, 2); }

void EditedFont::set_panose_kind(std::uint8_t kind) { put(table("OS/2") + 32, kind, 1); }

void EditedFont::rename(const std::string& from, const std::string& to) {
  const auto utf16 = [](const std::string& text) {
    std::string wide;
    for (const char c : text) wide += {'\0', c};
    return wide;
  };
  const std::size_t begin = table("name");
  const std::size_t end = begin + number(entry("name") + 12, 4);
  for (const auto& [old_name, new_name] :
       {std::pair(from, to), std::pair(utf16(from), utf16(to))}) {
    for (std::size_t at = bytes_.find(old_name, begin); at < end;
         at = bytes_.find(old_name, at + 1)) {
      std::ranges::copy(new_name, bytes_.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
}

std::string EditedFont::bytes() const {
  std::string groups;
  for (const auto& [character, glyph] : glyphs_) {
    groups += big_endian(character, 4) + big_endian(character, 4) + big_endian(glyph, 4);
  }
  const auto count = static_cast<std::uint32_t>(glyphs_.size());
  const std::string map = big_endian(0, 2) + big_endian(1, 2) + big_endian(3, 2) +
                          big_endian(10, 2) + big_endian(12, 4) + big_endian(12, 2) +
                          big_endian(0, 2) + big_endian(16 + 12 * count, 4) + big_endian(0, 4) +
                          big_endian(count, 4) + groups;
  EditedFont copy = *this;
  while (copy.bytes_.size() % 4 != 0) copy.bytes_ += '\0';
  copy.put(entry("cmap") + 8, static_cast<std::uint32_t>(copy.bytes_.size()), 4);
  copy.put(entry("cmap") + 12, static_cast<std::uint32_t>(map.size()), 4);
  return copy.bytes_ + map;
}

}  // namespace af::test

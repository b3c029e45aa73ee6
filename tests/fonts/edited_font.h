#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace af::test {

/// An installed TrueType font whose character map can be changed, so that a test has a font that
/// draws a given wrong thing without any font being checked in. Its map becomes one subtable of
/// format 12 (OpenType specification, cmap).
class EditedFont {
 public:
  /// @param file  Must have a character map of format 12 and long glyph offsets, as DejaVu Sans
  /// has.
  explicit EditedFont(const std::filesystem::path& file);

  /// Lets `character` be drawn as `other` is.
  void draw_as(char32_t character, char32_t other) { glyphs_[character] = glyphs_.at(other); }
  /// Lets the glyph of `character` have the outline of the glyph for missing characters. May spoil
  /// the glyphs next to it.
  void draw_as_missing(char32_t character);
  /// Smaller units make all glyphs larger. @param units  16 or more.
  void set_units_per_em(std::uint16_t units);
  /// Replaces a name wherever it stands in the name table, by another of the same length.
  void rename(const std::string& from, const std::string& to);
  /// OS/2 PANOSE family kind.
  void set_panose_kind(std::uint8_t kind);
  /// The file with its new character map.
  [[nodiscard]] std::string bytes() const;

 private:
  [[nodiscard]] std::uint32_t number(std::size_t at, int size) const;
  void put(std::size_t at, std::uint32_t value, int size);
  /// Where the table's entry in the directory begins.
  [[nodiscard]] std::size_t entry(std::string_view tag) const;
  [[nodiscard]] std::size_t table(std::string_view tag) const { return number(entry(tag) + 8, 4); }
  void read_map();

  std::string bytes_;
  std::map<char32_t, std::uint32_t> glyphs_;
};

}  // namespace af::test

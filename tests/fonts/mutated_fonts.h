#pragma once

#include <string>
#include <vector>

namespace af::test {

/// A damaged font.
struct MutatedFont {
  std::string name;  ///< Which file, damaged how, with the extension of a font.
  std::string bytes;
};

/// Installed fonts, TrueType and OpenType, each damaged in many ways: header, table directory,
/// glyphs and their places, character map, counts set to the most, cut off, zeroed, emptied. Equal
/// for equal installed fonts.
[[nodiscard]] std::vector<MutatedFont> mutated_fonts(std::size_t count);

}  // namespace af::test

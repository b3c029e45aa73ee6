#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fonts/face.h"

/// What a face draws, for finding out whether it draws the right thing. Includes FreeType's types:
/// for this folder's .cc files alone.
namespace af::fonts {

enum class Drawn {
  kPicture,
  kNothing,   ///< The glyph is there and leaves no ink.
  kTooLarge,  ///< More than eight times the font size on a side.
  kFailed,    ///< FreeType reports an error.
};

/// One glyph, rastered. The coverage stays valid until the next one is painted.
struct Painting {
  Drawn drawn = Drawn::kFailed;
  int width = 0;
  int height = 0;
  std::uint64_t identity = 0;  ///< Equal for equal pixels at an equal place beside the origin.
  std::span<const std::uint8_t> coverage;  ///< [height, width], 0..255.
};

/// Rasters glyphs of one face upright and without hinting, whatever the file holds: bounded in
/// memory, no exception for a damaged glyph.
class GlyphPainter {
 public:
  /// @throws InputError if the face cannot be scaled to `pixels` per em.
  GlyphPainter(FT_Library library, Face& face, int pixels);

  [[nodiscard]] bool has(char32_t character) const { return face_.has(character); }
  Painting paint(char32_t character);
  /// The glyph that stands for characters the face does not have.
  Painting paint_missing() { return paint_glyph(0); }

 private:
  Painting paint_glyph(FT_UInt glyph);
  Painting raster(FT_Outline& outline);

  FT_Library library_;
  Face& face_;
  int pixels_;
  std::vector<std::uint8_t> coverage_;
};

}  // namespace af::fonts

#pragma once

#include <ft2build.h>
#include FT_FREETYPE_H

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "fonts/face_file.h"
#include "fonts/glyph_transform.h"

/// FreeType's handles. Only this folder's .cc files include this header.
namespace af::fonts {

struct ReleaseFreeType {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using FreeTypeLibrary = std::unique_ptr<std::remove_pointer_t<FT_Library>, ReleaseFreeType>;

[[nodiscard]] FreeTypeLibrary start_freetype();

/// An open font face. It may be used by one thread at a time, and so may its library.
class Face {
 public:
  /// @throws InputError if the file is missing or no font that can be scaled.
  Face(FT_Library library, const FaceFile& file);

  [[nodiscard]] bool has(char32_t character) const;
  /// True if hinting rounds the size to whole pixels per em (TrueType, bit 3 of head.flags), so
  /// that a hinted outline depends on the rounded size alone. Not of an emboldened face, which is
  /// thickened after it was turned, nor of one that is not hinted.
  [[nodiscard]] bool rounds_size() const noexcept { return rounds_size_; }

  /// Longer side of the glyph's grid-fitted box at a font size of the whole image, as a share of
  /// the image, at least 0.1.
  [[nodiscard]] double unit_extent(char32_t character, int resolution);

  /// How far from its origin Cairo takes a glyph of the face to reach, in pixels: the height of a
  /// line or the widest advance, whichever is more. No limit if the face has not both.
  [[nodiscard]] double reach(const GlyphTransform& transform, int resolution) const;

  /// Sets a size in pixels per em and no transformation. @throws InputError
  void set_upright(int pixels);
  /// Its size must be set by the functions of this class.
  [[nodiscard]] FT_Face handle() const noexcept { return face_.get(); }
  /// Box of the glyph that was loaded last, as it was upright.
  [[nodiscard]] GlyphBox box() const;

  /// Loads the glyph with FreeType's choice of hinter, the matrix applied; emboldened if the face
  /// is.
  FT_GlyphSlot load(char32_t character, const GlyphTransform& transform);
  /// Loads the glyph upright, hinted by the font's own instructions, and not emboldened.
  FT_GlyphSlot load_upright(char32_t character, std::int32_t x_ppem, std::int32_t y_ppem);

 private:
  FT_GlyphSlot load(char32_t character, FT_Int32 flags);
  void set_size(std::int32_t x_26_6, std::int32_t y_26_6);

  std::unique_ptr<std::remove_pointer_t<FT_Face>, ReleaseFreeType> face_;
  std::string name_;
  bool emboldened_ = false;
  bool unhinted_ = false;
  bool rounds_size_ = false;
  std::optional<std::pair<std::int32_t, std::int32_t>> size_;  ///< The one set, 26.6.
};

}  // namespace af::fonts

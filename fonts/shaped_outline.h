#pragma once

#include <cstdint>
#include <vector>

#include "fonts/glyph_transform.h"
#include "fonts/outline_cache.h"

namespace af::fonts {

/// A copy of an outline that is rotated, slanted and moved. Keeps its storage from glyph to glyph.
class ShapedOutline {
 public:
  /// @param matrix  Applied to each point; products are rounded half away from 0, as FreeType does.
  void assign(const OutlineView& from, const FixedMatrix& matrix);
  /// Takes the points as they are.
  void assign(const OutlineView& from);

  /// The box of its points, those that steer curves among them, rounded out to whole pixels; y up.
  [[nodiscard]] PixelBox box() const;
  /// Moves it by whole pixels.
  void move(int columns, int rows);
  /// Its box is the grid-fitted one that the outline had upright.
  [[nodiscard]] OutlineView view() const { return {upright_, flags_, points_, tags_, ends_}; }

 private:
  void keep(const OutlineView& from);

  std::vector<OutlinePoint> points_;
  std::vector<std::uint8_t> tags_;
  std::vector<std::int16_t> ends_;
  std::int32_t flags_ = 0;
  GlyphBox upright_;
};

}  // namespace af::fonts

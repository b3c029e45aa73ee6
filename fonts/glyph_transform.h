#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// How a glyph's pose becomes a character size that FreeType hints for and a matrix that it applies
/// afterwards. Source: the behaviour of Cairo 1.16 under Synbols, found by experiment.
/// Coordinates: y down, column vectors, the image is the unit square.
namespace af::fonts {

/// Where and how one glyph is drawn.
struct GlyphPose {
  double scale = 1.0;         ///< Longer side of the upright glyph, as a share of the image.
  double rotation_rad = 0.0;  ///< Clockwise on the screen.
  bool slanted = false;       ///< Sheared by 0.2; never an italic face.
  /// -1: left (top) edges of glyph and image meet, 1: right (bottom) ones, 0: centred.
  std::array<double, 2> translation{};
};

/// 26.6 fixed point: whole pixels after grid fitting.
struct GlyphBox {
  std::int32_t left = 0;  ///< Horizontal bearing.
  std::int32_t top = 0;   ///< Vertical bearing, y up.
  std::int32_t width = 0;
  std::int32_t height = 0;
};

/// Linear map of the unit square.
struct FontMatrix {
  double xx, xy, yx, yy;
};

/// size * [[1, 0], [k, 1]] * R(rotation), k = 0.2 if slanted, else 0.
/// @param size  Font size in units of the image.
[[nodiscard]] FontMatrix font_matrix(double size, double rotation_rad, bool slanted);

/// Linear map in 16.16 fixed point, y up as FreeType wants it.
struct FixedMatrix {
  std::int32_t xx, xy, yx, yy;
  /// FreeType lets its light autohinter run only if this holds.
  [[nodiscard]] bool keeps_axes() const { return (yx == 0 && xx != 0) || (xx == 0 && yx != 0); }
};

/// A font matrix split into X = N |(xx, yx)| and Y = |det| N^2 / X, both at least one pixel, and
/// the rest, which is truncated (not rounded) to 16.16.
struct GlyphTransform {
  FontMatrix font;
  double x_px;
  double y_px;
  std::int32_t x_26_6;  ///< Character size as FreeType takes it.
  std::int32_t y_26_6;
  FixedMatrix rest;
};
[[nodiscard]] GlyphTransform split(const FontMatrix& font, int resolution);

/// Pixels of an image: columns and rows [first, last).
struct PixelBox {
  int first_column = 0;
  int last_column = 0;
  int first_row = 0;
  int last_row = 0;
  [[nodiscard]] bool empty() const { return first_column >= last_column || first_row >= last_row; }
  [[nodiscard]] std::size_t pixels() const {
    return empty() ? 0
                   : static_cast<std::size_t>(last_column - first_column) *
                         static_cast<std::size_t>(last_row - first_row);
  }
  bool operator==(const PixelBox&) const = default;
};
[[nodiscard]] PixelBox intersection(const PixelBox& a, const PixelBox& b);

/// Where a glyph comes to lie.
struct GlyphPlacement {
  int x = 0;  ///< Pixel at which its origin lands: a whole one.
  int y = 0;
  PixelBox extent;  ///< What its grid-fitted box, transformed, covers: not quite its bitmap.
  PixelBox reach;   ///< What is no further from its origin than asked for.
};
/// @param reach_px  See Face::reach.
[[nodiscard]] GlyphPlacement place(const GlyphTransform& transform, const GlyphBox& box,
                                   const std::array<double, 2>& translation, int resolution,
                                   double reach_px);

}  // namespace af::fonts

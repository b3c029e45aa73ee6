#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace af::fonts {

/// Rows of pixels, and what of each the lines of an outline leave covered: bit for bit what
/// FreeType 2.12 computes (its "smooth" rasterizer).
///
/// Lines are cut where they cross from pixel to pixel. A piece from (x, y) to (x', y') within a
/// pixel, in 1/256 of it, changes the coverage of everything to its right by cover = y' - y, and
/// that of its own pixel by less: area = cover (x + x') is twice what lies to its left. With both
/// summed over all pieces, pixel i of a row is covered by
///   sum_{j <= i} 512 cover_j - area_i,  131072 being all of it.
/// FreeType keeps lists of the pixels that lines touch; here each pixel has one number,
/// 512 cover_i - area_i + area_{i-1}, and the sum of a row up to a pixel is what covers it.
class CoverageBand {
 public:
  /// In pixels, 24.8 fixed point, y up.
  struct Point {
    std::int32_t x = 0;
    std::int32_t y = 0;
  };
  static constexpr std::int32_t kPixel = 256;

  /// Rows [first_row, first_row + rows), counted from below, with nothing covered.
  void begin(int width, int first_row, int rows);
  /// True if no row between two heights is in the band: what lies there changes nothing in it.
  [[nodiscard]] bool is_beside(std::int32_t low_y, std::int32_t high_y) const;
  /// Both ends have x from 0 to the width, included.
  void add_line(Point from, Point to);
  /// @param even_odd  Covered is what lines surround an odd number of times, not any but zero.
  /// @param out       [rows, width], the topmost row first, and `kMargin` more that may be written.
  void cover(bool even_odd, std::uint8_t* out) const;
  static constexpr std::size_t kMargin = 8;

  [[nodiscard]] static std::size_t pixels_in_row(int width);

 private:
  void add_vertical(Point from, Point to);
  template <bool kRight, bool kUp>
  void add_slanted(Point from, Point to);
  [[nodiscard]] std::ptrdiff_t pixel_at(Point point) const;
  void add(std::ptrdiff_t pixel, std::int32_t cover, std::int32_t both_x);

  std::size_t width_ = 0;
  int first_row_ = 0;
  int rows_ = 0;
  std::size_t stride_ = 0;  ///< Some more columns than there are pixels: x = width lies in one.
  std::size_t pixels_ = 0;
  std::vector<std::int32_t> numbers_;  ///< Of the pixels, row by row; behind them what misses them.
};

}  // namespace af::fonts

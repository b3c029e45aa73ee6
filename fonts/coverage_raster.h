#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fonts/coverage_band.h"
#include "fonts/outline_cache.h"

namespace af::fonts {

/// Fills outlines: the share of each pixel that an outline covers, bit for bit as FreeType 2.12
/// computes it on x86-64. Curves become lines by its rules, which differ a little from exact ones.
class CoverageRaster {
 public:
  /// @param outline  In 26.6 fixed point, y up; between 0 and the size given, both included.
  /// @return         [height, width], the topmost row first; valid until the next call.
  /// @throws InputError if points and contours make no outline.
  std::span<const std::uint8_t> fill(const OutlineView& outline, int width, int height);

 private:
  using Point = CoverageBand::Point;

  void trace(const OutlineView& outline);
  void trace_contour(std::span<const OutlinePoint> points, std::span<const std::uint8_t> tags);
  void line_to(Point to);
  void conic_to(Point control, Point to);
  void cubic_to(Point control1, Point control2, Point to);

  CoverageBand band_;
  Point at_;  ///< Where the pen is.
  std::vector<std::uint8_t> coverage_;
};

}  // namespace af::fonts

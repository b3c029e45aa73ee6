#include "fonts/coverage_raster.h"

#include <algorithm>
#include <cstdlib>

#include "core/errors.h"

namespace af::fonts {
namespace {

using Point = CoverageBand::Point;

constexpr std::int32_t kFlatConic = CoverageBand::kPixel / 4;
constexpr std::int32_t kFlatCubic = CoverageBand::kPixel / 2;
constexpr std::int32_t kEvenOddFill = 0x2;  // FreeType's flag of an outline.

/// Pixels that a band may have, so that memory does not grow with the glyph.
constexpr std::size_t kBandPixels = std::size_t{1} << 18;

/// Kinds of points, by the two lowest bits of their tags; all others are controls of cubics.
constexpr unsigned kKindBits = 3;
constexpr unsigned kOn = 1;
constexpr unsigned kConic = 0;
constexpr unsigned kCubic = 2;

unsigned kind(std::uint8_t tag) { return tag & kKindBits; }

[[noreturn]] void refuse() { throw InputError("a font's outline is damaged"); }

Point scaled(const OutlinePoint& point) { return {point.x * 4, point.y * 4}; }

/// Halved in 26.6, as FreeType does it, before it scales.
Point middle(Point a, Point b) { return {(a.x + b.x) / 8 * 4, (a.y + b.y) / 8 * 4}; }

}  // namespace

std::span<const std::uint8_t> CoverageRaster::fill(const OutlineView& outline, int width,
                                                   int height) {
  const auto in_row = static_cast<std::size_t>(width);
  const std::size_t pixels = in_row * static_cast<std::size_t>(height);
  coverage_.resize(pixels + CoverageBand::kMargin);
  const int in_band =
      static_cast<int>(std::max<std::size_t>(kBandPixels / CoverageBand::pixels_in_row(width), 1));
  const bool even_odd = (outline.flags & kEvenOddFill) != 0;
  std::uint8_t* out = coverage_.data();
  for (int end = height; end > 0; end -= in_band) {  // From above, as rows lie in memory.
    const int rows = std::min(end, in_band);
    band_.begin(width, end - rows, rows);
    trace(outline);
    band_.cover(even_odd, out);
    out += static_cast<std::size_t>(rows) * in_row;
  }
  return std::span(coverage_).first(pixels);
}

void CoverageRaster::trace(const OutlineView& outline) {
  std::size_t first = 0;
  for (const std::int16_t end : outline.contour_ends) {
    if (end < 0) refuse();
    const auto last = static_cast<std::size_t>(end);
    if (last < first || last >= outline.points.size()) refuse();
    trace_contour(outline.points.subspan(first, last + 1 - first),
                  outline.tags.subspan(first, last + 1 - first));
    first = last + 1;
  }
}

void CoverageRaster::trace_contour(std::span<const OutlinePoint> points,
                                   std::span<const std::uint8_t> tags) {
  std::size_t i = 0;
  std::size_t end = points.size();
  Point start = scaled(points.front());
  if (kind(tags.front()) == kCubic) refuse();
  if (kind(tags.front()) == kOn) {
    i = 1;
  } else if (kind(tags.back()) == kOn) {
    start = scaled(points.back());
    --end;
  } else {
    start = middle(start, scaled(points.back()));
  }
  at_ = start;
  while (i < end) {
    const Point point = scaled(points[i]);
    const unsigned what = kind(tags[i++]);
    if (what == kOn) {
      line_to(point);
    } else if (what == kConic) {
      if (i == end) return conic_to(point, start);
      const Point next = scaled(points[i]);
      if (kind(tags[i]) == kOn) {
        conic_to(point, next);
        ++i;
      } else if (kind(tags[i]) == kConic) {
        conic_to(point, middle(point, next));  // Half-way lies a point of the curve.
      } else {
        refuse();
      }
    } else {
      if (i == end || kind(tags[i]) != kCubic) refuse();
      const Point second = scaled(points[i++]);
      if (i == end) return cubic_to(point, second, start);
      cubic_to(point, second, scaled(points[i++]));
    }
  }
  line_to(start);
}

void CoverageRaster::line_to(Point to) {
  band_.add_line(at_, to);
  at_ = to;
}

/// P(t) = P0 + 2 B t + A t^2 with A = P0 - 2 P1 + P2 and B = P1 - P0, in 2^splits equal steps of t,
/// by differences with 32 more bits. Each halving of the step brings a line four times nearer to
/// the curve.
void CoverageRaster::conic_to(Point control, Point to) {
  const auto [low, high] = std::minmax({at_.y, control.y, to.y});
  if (band_.is_beside(low, high)) {
    at_ = to;
    return;
  }
  const std::int64_t bx = control.x - at_.x;
  const std::int64_t by = control.y - at_.y;
  const std::int64_t ax = to.x - control.x - bx;
  const std::int64_t ay = to.y - control.y - by;
  int splits = 0;
  for (std::int64_t off = std::max(std::abs(ax), std::abs(ay)); off > kFlatConic; off >>= 2) {
    ++splits;
  }
  if (splits == 0) return line_to(to);
  const int once = 32 - splits;
  const int twice = 32 - 2 * splits;
  std::int64_t x = std::int64_t{at_.x} << 32;
  std::int64_t y = std::int64_t{at_.y} << 32;
  std::int64_t step_x = (bx << (once + 1)) + (ax << twice);
  std::int64_t step_y = (by << (once + 1)) + (ay << twice);
  for (unsigned left = 1U << splits; left > 0; --left) {
    x += step_x;
    y += step_y;
    step_x += ax << (twice + 1);
    step_y += ay << (twice + 1);
    line_to({static_cast<std::int32_t>(x >> 32), static_cast<std::int32_t>(y >> 32)});
  }
}

/// Halved until the controls lie near the thirds of the chord.
void CoverageRaster::cubic_to(Point control1, Point control2, Point to) {
  const auto [low, high] = std::minmax({at_.y, control1.y, control2.y, to.y});
  if (band_.is_beside(low, high)) {
    at_ = to;
    return;
  }
  const Point p0 = at_;
  const auto flat = [](std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
    return std::abs(2 * d - 3 * c + a) <= kFlatCubic && std::abs(d - 3 * b + 2 * a) <= kFlatCubic;
  };
  if (flat(p0.x, control1.x, control2.x, to.x) && flat(p0.y, control1.y, control2.y, to.y)) {
    return line_to(to);
  }
  const auto sum = [](Point a, Point b) { return Point{a.x + b.x, a.y + b.y}; };
  const auto part = [](Point a, int bits) { return Point{a.x >> bits, a.y >> bits}; };
  const Point first = sum(p0, control1);
  const Point inner = sum(control1, control2);
  const Point last = sum(control2, to);
  const Point left = sum(first, inner);
  const Point right = sum(inner, last);
  cubic_to(part(first, 1), part(left, 2), part(sum(left, right), 3));
  cubic_to(part(right, 2), part(last, 1), to);
}

}  // namespace af::fonts

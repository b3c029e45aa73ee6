#include "fonts/shaped_outline.h"

#include <algorithm>

namespace af::fonts {
namespace {

/// 26.6 by 16.16 fixed point.
std::int64_t product(std::int32_t a, std::int32_t b) {
  const std::int64_t ab = std::int64_t{a} * b;
  return (ab + 0x8000 - (ab < 0 ? 1 : 0)) >> 16;
}

/// Wraps around: a damaged font may hold any number.
std::int32_t sum(std::int64_t a, std::int64_t b) { return static_cast<std::int32_t>(a + b); }

}  // namespace

void ShapedOutline::keep(const OutlineView& from) {
  upright_ = from.box;
  flags_ = from.flags;
  tags_.assign(from.tags.begin(), from.tags.end());
  ends_.assign(from.contour_ends.begin(), from.contour_ends.end());
}

void ShapedOutline::assign(const OutlineView& from, const FixedMatrix& m) {
  keep(from);
  points_.resize(from.points.size());
  std::ranges::transform(from.points, points_.begin(), [&m](const OutlinePoint& p) {
    return OutlinePoint{sum(product(p.x, m.xx), product(p.y, m.xy)),
                        sum(product(p.x, m.yx), product(p.y, m.yy))};
  });
}

void ShapedOutline::assign(const OutlineView& from) {
  keep(from);
  points_.assign(from.points.begin(), from.points.end());
}

PixelBox ShapedOutline::box() const {
  if (points_.empty()) return {};
  OutlinePoint low = points_.front();
  OutlinePoint high = low;
  for (const OutlinePoint& p : points_) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x >> 6, (high.x + 63) >> 6, low.y >> 6, (high.y + 63) >> 6};
}

void ShapedOutline::move(int columns, int rows) {
  for (OutlinePoint& p : points_) p = {p.x + columns * 64, p.y + rows * 64};
}

}  // namespace af::fonts

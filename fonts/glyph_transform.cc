#include "fonts/glyph_transform.h"

#include <algorithm>
#include <cmath>

#include "core/portable_math.h"

namespace af::fonts {
namespace {

constexpr double kSlant = 0.2;

std::int32_t truncated_16_16(double value) { return static_cast<std::int32_t>(value * 65536.0); }
std::int32_t rounded_26_6(double value) {
  return static_cast<std::int32_t>(value * 64.0 + 0.5);  // NOLINT(bugprone-incorrect-roundings)
}

struct Interval {
  double low;
  double high;
};

/// The extremes of a*u + b*v over u in {u0, u1} and v in {v0, v1}.
Interval corners(double a, double b, double u0, double u1, double v0, double v1) {
  const auto [low, high] =
      std::minmax({a * u0 + b * v0, a * u0 + b * v1, a * u1 + b * v0, a * u1 + b * v1});
  return {low, high};
}

double placed(const Interval& side, double translation, int resolution) {
  const double room = 1.0 - (side.high - side.low);
  return (-side.low + (translation + 1.0) / 2.0 * room) * resolution;
}
int rounded(double at) { return static_cast<int>(std::floor(at + 0.5)); }

/// A pixel, or one far outside of any image.
int bounded(double pixel) { return static_cast<int>(std::clamp(pixel, -1e9, 1e9)); }

/// The nearest whole number below (above), after rounding to 24.8 fixed point as Cairo does.
int whole_below(double value) {
  return static_cast<int>(std::floor(std::nearbyint(value * 256.0) / 256.0));
}
int whole_above(double value) {
  return static_cast<int>(std::ceil(std::nearbyint(value * 256.0) / 256.0));
}

}  // namespace

FontMatrix font_matrix(double size, double rotation_rad, bool slanted) {
  const auto [s, c] = portable::sin_cos(rotation_rad);
  const double k = slanted ? kSlant : 0.0;
  return {size * c, -size * s, size * (k * c + s), size * (c - k * s)};
}

GlyphTransform split(const FontMatrix& m, int resolution) {
  const double n = resolution;
  // sqrt is exact to the last bit everywhere; the C library's hypot is not.
  const double length = std::sqrt(m.xx * m.xx + m.yx * m.yx) * n;
  const double other = std::abs((m.xx * m.yy - m.xy * m.yx) * n * n) / length;
  const double x = std::max(length, 1.0);
  const double y = std::max(other, 1.0);
  return {m,
          x,
          y,
          rounded_26_6(x),
          rounded_26_6(y),
          {truncated_16_16(m.xx * n / x), -truncated_16_16(m.xy * n / y),
           -truncated_16_16(m.yx * n / x), truncated_16_16(m.yy * n / y)}};
}

PixelBox intersection(const PixelBox& a, const PixelBox& b) {
  return {std::max(a.first_column, b.first_column), std::min(a.last_column, b.last_column),
          std::max(a.first_row, b.first_row), std::min(a.last_row, b.last_row)};
}

GlyphPlacement place(const GlyphTransform& t, const GlyphBox& box,
                     const std::array<double, 2>& translation, int resolution, double reach_px) {
  const double u0 = box.left / 64.0 / t.x_px;
  const double v0 = -box.top / 64.0 / t.y_px;
  const double u1 = u0 + box.width / 64.0 / t.x_px;
  const double v1 = v0 + box.height / 64.0 / t.y_px;
  const Interval x = corners(t.font.xx, t.font.xy, u0, u1, v0, v1);
  const Interval y = corners(t.font.yx, t.font.yy, u0, u1, v0, v1);
  const double exact_x = placed(x, translation[0], resolution);
  const double exact_y = placed(y, translation[1], resolution);
  const int at_x = rounded(exact_x);
  const int at_y = rounded(exact_y);
  return {at_x,
          at_y,
          {at_x + whole_below(x.low * resolution), at_x + whole_above(x.high * resolution),
           at_y + whole_below(y.low * resolution), at_y + whole_above(y.high * resolution)},
          {bounded(std::floor(exact_x - reach_px)), bounded(std::ceil(exact_x + reach_px)),
           bounded(std::floor(exact_y - reach_px)), bounded(std::ceil(exact_y + reach_px))}};
}

}  // namespace af::fonts

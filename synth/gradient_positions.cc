#include "synth/gradient_positions.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/vector_clones.h"

namespace af::synth {
namespace {

constexpr double kOne = 65536.0;     // 1.0 in 16.16.
constexpr double kFarAway = 0x1p30;  // Beyond every stop, where colours are constant.

/// 16.16, rounded half to even.
double fixed(double value) { return std::nearbyint(value * kOne); }

std::array<double, 6> fixed_points(const std::array<double, 6>& points) {
  std::array<double, 6> out{};
  std::ranges::transform(points, out.begin(), fixed);
  return out;
}

/// Where pixel centres lie in the unit square: column i at x + i step, row j at y + j step, in
/// 16.16. The step is 1/resolution rounded; where that is not exact, Cairo moves the grid so that
/// it fits at the centre of what is painted.
struct PixelGrid {
  PixelGrid(int resolution, const fonts::PixelBox& extent);

  std::int64_t step;
  std::int64_t x;
  std::int64_t y;
};

/// Rows and columns of positions to compute.
struct Raster {
  int rows;
  int columns;
  double x;  ///< Of the first column, 16.16; columns are `step` apart, and so are rows.
  double y;
  double step;
};

/// Along the line from (x0, y0): the position of a row's first pixel and the way from there are
/// truncated apart.
struct Line {
  double dx, dy;
  double origin;      ///< dx x0 + dy y0.
  double per_length;  ///< 65536 / (dx^2 + dy^2).
};

AF_VECTOR_CLONES void linear_positions(Line line, Raster raster, std::int32_t* __restrict out) {
  const double step = line.dx * raster.step * line.per_length;
  for (int j = 0; j < raster.rows; ++j, out += raster.columns) {
    const double y = raster.y + raster.step * j;
    const double start =
        std::trunc(((line.dx * raster.x + line.dy * y) - line.origin) * line.per_length);
    for (int i = 0; i < raster.columns; ++i) {
      const double position = start + std::trunc(step * i);
      out[i] = static_cast<std::int32_t>(std::clamp(position, -kFarAway, kFarAway));
    }
  }
}

/// Between circles: with d = (x - x0, y - y0) and D, dr the differences of centres and radii, the
/// position t solves |d - t D| = r0 + t dr:  a t^2 - 2 b t + c = 0.
struct Circles {
  double x0, y0, r0;
  double dx, dy, dr;
  double a;
};

AF_VECTOR_CLONES void radial_positions(Circles g, Raster raster, std::int32_t* __restrict out) {
  const double scale = kOne / g.a;
  const double least = -g.r0 * kOne;  // Where the radius would be below 0 the other root counts.
  for (int j = 0; j < raster.rows; ++j, out += raster.columns) {
    const double y = raster.y + raster.step * j - g.y0;
    for (int i = 0; i < raster.columns; ++i) {
      const double x = raster.x + raster.step * i - g.x0;  // Whole numbers: exact.
      const double b = x * g.dx + y * g.dy + g.r0 * g.dr;
      const double c = x * x + y * y - g.r0 * g.r0;
      const double squared = b * b - g.a * c;
      const double root = std::sqrt(squared > 0.0 ? squared : 0.0);
      const double near = (b + root) * scale;
      const double far = (b - root) * scale;
      const double position = near * g.dr >= least ? near : far;
      out[i] = static_cast<std::int32_t>(std::clamp(position, -kFarAway, kFarAway));
    }
  }
}

PixelGrid::PixelGrid(int resolution, const fonts::PixelBox& extent) {
  const double n = resolution;
  const auto fixed_step = static_cast<std::int64_t>(std::nearbyint(kOne / n));
  // What is added to a transformed coordinate so that the centre stays where it belongs.
  const auto shift = [&](int first, int last) {
    constexpr int kMostRounds = 5;
    const double centre = 0.5 * (first + last);
    const auto at = static_cast<std::int64_t>(fixed(centre));
    std::int64_t offset = 0;
    for (int round = 0; round < kMostRounds; ++round) {
      const std::int64_t lands = (fixed_step * at + offset * 65536 + 32768) >> 16;
      const double off = static_cast<double>(lands) / kOne * n - centre;
      const auto correction = static_cast<std::int64_t>(fixed(off / n));
      if (correction == 0) break;
      offset -= correction;
    }
    return offset;
  };
  const auto first_centre = [&](std::int64_t offset) {
    return (fixed_step * 32768 + offset * 65536 + 32768) >> 16;
  };
  step = fixed_step;
  x = first_centre(shift(extent.first_column, extent.last_column));
  y = first_centre(shift(extent.first_row, extent.last_row));
}

Raster raster_of(const PixelGrid& grid, const fonts::PixelBox& box) {
  return {box.last_row - box.first_row, box.last_column - box.first_column,
          static_cast<double>(grid.x + grid.step * box.first_column),
          static_cast<double>(grid.y + grid.step * box.first_row), static_cast<double>(grid.step)};
}

Line line_of(const std::array<double, 6>& points) {
  const auto [x0, y0, x1, y1, unused0, unused1] = points;
  const double dx = x1 - x0;
  const double dy = y1 - y0;
  return {dx, dy, dx * x0 + dy * y0, kOne / (dx * dx + dy * dy)};
}

Circles circles_of(const std::array<double, 6>& points) {
  const auto [x0, y0, r0, x1, y1, r1] = points;
  const double dx = x1 - x0;
  const double dy = y1 - y0;
  const double dr = r1 - r0;
  return {x0, y0, r0, dx, dy, dr, dx * dx + dy * dy - dr * dr};
}

}  // namespace

void gradient_positions(const Gradient& gradient, const PaintedArea& area,
                        std::span<std::int32_t> out) {
  const std::array<double, 6> points = fixed_points(gradient.points);
  const Raster raster = raster_of(PixelGrid(area.resolution, area.extent), area.box);
  if (gradient.kind == GradientKind::kLinear) {
    linear_positions(line_of(points), raster, out.data());
  } else {
    radial_positions(circles_of(points), raster, out.data());
  }
}

}  // namespace af::synth

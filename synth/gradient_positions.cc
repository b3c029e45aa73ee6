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

/// Columns whose share of a sum is computed once for all rows.
constexpr int kBatch = 64;

/// Along the line from (x0, y0): the position of a row's first pixel and the way from there are
/// truncated apart.
struct Line {
  double dx, dy;
  double origin;      ///< dx x0 + dy y0.
  double per_length;  ///< 65536 / (dx^2 + dy^2).

  [[nodiscard]] double start(const Raster& raster, int row) const {
    const double y = raster.y + raster.step * row;
    return std::trunc(((dx * raster.x + dy * y) - origin) * per_length);
  }
  [[nodiscard]] double step(const Raster& raster) const { return dx * raster.step * per_length; }
};

/// True if no position is so far away that it must be clamped.
bool is_near(const Line& line, const Raster& raster) {
  const double first = std::abs(line.start(raster, 0));
  const double last = std::abs(line.start(raster, raster.rows));
  return std::max(first, last) + std::abs(line.step(raster)) * raster.columns < kFarAway;
}

AF_VECTOR_CLONES void near_positions(Line line, Raster raster, int first_column, int columns,
                                     std::int32_t* __restrict out) {
  std::array<std::int32_t, kBatch> ways;
  const double step = line.step(raster);
  for (int i = 0; i < columns; ++i) {
    ways[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(step * (first_column + i));
  }
  for (int j = 0; j < raster.rows; ++j, out += raster.columns) {
    const auto start = static_cast<std::int32_t>(line.start(raster, j));
    for (int i = 0; i < columns; ++i) out[i] = start + ways[static_cast<std::size_t>(i)];
  }
}

void linear_positions(const Line& line, const Raster& raster, std::int32_t* out) {
  if (is_near(line, raster)) {
    for (int i = 0; i < raster.columns; i += kBatch) {
      near_positions(line, raster, i, std::min(kBatch, raster.columns - i), out + i);
    }
    return;
  }
  const double step = line.step(raster);
  for (int j = 0; j < raster.rows; ++j) {
    const double start = line.start(raster, j);
    for (int i = 0; i < raster.columns; ++i) {
      const double position = start + std::trunc(step * i);
      *out++ = static_cast<std::int32_t>(std::clamp(position, -kFarAway, kFarAway));
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

AF_VECTOR_CLONES void radial_positions(Circles g, Raster raster, int first_column, int columns,
                                       std::int32_t* __restrict out) {
  const double scale = kOne / g.a;
  const double least = -g.r0 * kOne;  // Where the radius would be below 0 the other root counts.
  // What b and c owe to the column. All are whole numbers below 2^53: exact in any order.
  std::array<double, kBatch> column_b;
  std::array<double, kBatch> column_c;
  for (int i = 0; i < columns; ++i) {
    const double x = raster.x + raster.step * (first_column + i) - g.x0;
    column_b[static_cast<std::size_t>(i)] = x * g.dx + g.r0 * g.dr;
    column_c[static_cast<std::size_t>(i)] = x * x - g.r0 * g.r0;
  }
  const auto root_at = [&](int i, double row_b, double row_c, double sign) {
    const double b = column_b[static_cast<std::size_t>(i)] + row_b;
    const double c = column_c[static_cast<std::size_t>(i)] + row_c;
    const double squared = b * b - g.a * c;
    return (b + sign * std::sqrt(squared > 0.0 ? squared : 0.0)) * scale;
  };
  for (int j = 0; j < raster.rows; ++j, out += raster.columns) {
    const double y = raster.y + raster.step * j - g.y0;
    int others = 0;
    for (int i = 0; i < columns; ++i) {
      const double near = root_at(i, y * g.dy, y * y, 1.0);
      others |= near * g.dr >= least ? 0 : 1;
      out[i] = static_cast<std::int32_t>(std::clamp(near, -kFarAway, kFarAway));
    }
    if (others == 0) continue;
    for (int i = 0; i < columns; ++i) {
      const double near = root_at(i, y * g.dy, y * y, 1.0);
      const double far = root_at(i, y * g.dy, y * y, -1.0);
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
    for (int i = 0; i < raster.columns; i += kBatch) {
      radial_positions(circles_of(points), raster, i, std::min(kBatch, raster.columns - i),
                       out.data() + i);
    }
  }
}

}  // namespace af::synth

#include "synth/stroke_shape.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace af::synth {
namespace {

constexpr int kFixedBits = 8;
constexpr double kFixedOne = 256.0;
/// Strokes that are no wider paint nothing, in pixels. Half of Cairo's tolerance: a round pen of
/// such a width would have a single vertex.
constexpr double kWidestUnseen = 0.05;

std::int32_t fixed(double value) { return static_cast<std::int32_t>(std::nearbyint(value)); }

FixedPoint fixed_point(const std::array<double, 2>& at, int resolution) {
  return {fixed(kFixedOne * (resolution * at[0])), fixed(kFixedOne * (resolution * at[1]))};
}

struct Direction {
  double x;
  double y;
};

Direction unit(Direction d) {
  const double length = std::hypot(d.x, d.y);
  return {d.x / length, d.y / length};
}

/// From the stroke's middle line to its side.
FixedPoint half_width(FixedPoint from, FixedPoint to, double width, int resolution) {
  const Direction pixels = unit({(to.x - from.x) / kFixedOne, (to.y - from.y) / kFixedOne});
  const double per_pixel = 1.0 / resolution;
  const Direction d = unit({pixels.x * per_pixel, pixels.y * per_pixel});
  return {fixed(kFixedOne * (-d.y * (width / 2.0) * resolution)),
          fixed(kFixedOne * (d.x * (width / 2.0) * resolution))};
}

FixedPoint sum(FixedPoint a, FixedPoint b) { return {a.x + b.x, a.y + b.y}; }
FixedPoint difference(FixedPoint a, FixedPoint b) { return {a.x - b.x, a.y - b.y}; }

/// start + part run / whole, the quotient truncated.
std::int32_t at_part(std::int32_t start, std::int32_t part, std::int32_t run, std::int32_t whole) {
  return start + static_cast<std::int32_t>(std::int64_t{part} * run / whole);
}

std::int32_t y_at(const StrokeEdge& e, std::int32_t x) {
  if (x == e.upper.x) return e.upper.y;
  if (x == e.lower.x) return e.lower.y;
  return at_part(e.upper.y, x - e.upper.x, e.lower.y - e.upper.y, e.lower.x - e.upper.x);
}

std::int32_t x_at(const StrokeEdge& e, std::int32_t y) {
  if (y == e.upper.y) return e.upper.x;
  if (y == e.lower.y) return e.lower.x;
  return at_part(e.upper.x, y - e.upper.y, e.lower.x - e.upper.x, e.lower.y - e.upper.y);
}

int pixel_below(std::int32_t value) { return value >> kFixedBits; }
int pixel_above(std::int32_t value) { return (value + 255) >> kFixedBits; }

fonts::PixelBox pixels_of(const FixedBox& box, int resolution) {
  if (box.left > box.right) return {};
  return fonts::intersection({pixel_below(box.left), pixel_above(box.right), pixel_below(box.top),
                              pixel_above(box.bottom)},
                             {0, resolution, 0, resolution});
}

}  // namespace

StrokeShape::StrokeShape(const Stroke& stroke, int resolution) {
  if (stroke.width * resolution <= kWidestUnseen) return;
  const FixedPoint from = fixed_point(stroke.from, resolution);
  const FixedPoint to = fixed_point(stroke.to, resolution);
  if (from.x == to.x && from.y == to.y) return;
  if (from.x == to.x || from.y == to.y) {
    make_box(from, to, stroke, resolution);
  } else {
    make_parallelogram(from, to, stroke, resolution);
  }
}

void StrokeShape::make_box(FixedPoint from, FixedPoint to, const Stroke& stroke, int resolution) {
  is_box_ = true;
  const std::int32_t half = fixed(kFixedOne * (resolution * (stroke.width / 2.0)));
  const std::int32_t dx = from.x == to.x ? half : 0;
  const std::int32_t dy = from.y == to.y ? half : 0;
  box_ = {std::min(from.x, to.x) - dx, std::max(from.x, to.x) + dx, std::min(from.y, to.y) - dy,
          std::max(from.y, to.y) + dy};
  extent_ = pixels_of(box_, resolution);
}

void StrokeShape::make_parallelogram(FixedPoint from, FixedPoint to, const Stroke& stroke,
                                     int resolution) {
  const FixedPoint half = half_width(from, to, stroke.width, resolution);
  const std::int32_t side = resolution << kFixedBits;
  // Edges that cross a row at the same place stay in this order.
  add_line(sum(from, half), sum(to, half), -1, side);
  add_line(sum(to, half), difference(to, half), -1, side);
  add_line(difference(from, half), sum(from, half), -1, side);
  add_line(difference(from, half), difference(to, half), 1, side);
  extent_ = pixels_of(bounds_, resolution);
}

void StrokeShape::add_line(FixedPoint from, FixedPoint to, int direction, std::int32_t side) {
  if (from.y == to.y) return;
  if (from.y > to.y) {
    std::swap(from, to);
    direction = -direction;
  }
  if (from.y >= side || to.y <= 0) return;
  clip_line({from, to, std::max(from.y, 0), std::min(to.y, side), direction}, side);
}

void StrokeShape::clip_line(StrokeEdge edge, std::int32_t side) {
  const auto [left, right] = std::minmax({edge.upper.x, edge.lower.x});
  if (right <= 0) return add_border(0, edge.top, edge.bottom, edge.direction);
  if (left >= side) return add_border(side, edge.top, edge.bottom, edge.direction);
  const bool rightward = edge.upper.x <= edge.lower.x;
  const auto outside = [side](std::int32_t border, std::int32_t x) {
    return border == 0 ? x < 0 : x > side;
  };
  // From the top down the line comes in over one border and goes out over the other one.
  const std::int32_t enters = rightward ? 0 : side;
  if (outside(enters, edge.upper.x)) {
    std::int32_t y = y_at(edge, enters);
    if (outside(enters, x_at(edge, y))) ++y;
    y = std::min(y, edge.bottom);
    if (edge.top < y) {
      add_border(enters, edge.top, y, edge.direction);
      edge.top = y;
    }
  }
  const std::int32_t leaves = side - enters;
  if (outside(leaves, edge.lower.x)) {
    std::int32_t y = y_at(edge, leaves);
    if (outside(leaves, x_at(edge, y))) --y;
    y = std::max(y, edge.top);
    if (edge.bottom > y) {
      add_border(leaves, y, edge.bottom, edge.direction);
      edge.bottom = y;
    }
  }
  if (edge.top != edge.bottom) add_edge(edge);
}

void StrokeShape::add_border(std::int32_t x, std::int32_t top, std::int32_t bottom, int direction) {
  if (top < bottom) add_edge({{x, top}, {x, bottom}, top, bottom, direction});
}

void StrokeShape::add_edge(const StrokeEdge& edge) {
  edges_[edge_count_++] = edge;
  const auto [left, right] = std::minmax({x_at(edge, edge.top), x_at(edge, edge.bottom)});
  bounds_ = {std::min(bounds_.left, left), std::max(bounds_.right, right),
             std::min(bounds_.top, edge.top), std::max(bounds_.bottom, edge.bottom)};
}

}  // namespace af::synth

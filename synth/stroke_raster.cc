#include "synth/stroke_raster.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace af::synth {
namespace {

constexpr int kSubRows = 15;
constexpr std::int32_t kUnit = 256;  ///< Of a pixel's width, and of fixed point.

/// Of a fixed-point height, rounded.
int sub_row_at(std::int32_t y) { return (kSubRows * y + kUnit / 2) >> 8; }

using Crossing = StrokeRaster::Crossing;
using ActiveEdge = StrokeRaster::ActiveEdge;

Crossing normalized(Crossing x, std::int64_t divisor) {
  if (x.remainder < 0) return {x.quotient - 1, x.remainder + divisor};
  if (x.remainder >= divisor) return {x.quotient + 1, x.remainder - divisor};
  return x;
}

Crossing advanced(const Crossing& x, const Crossing& by, std::int64_t divisor) {
  return normalized({x.quotient + by.quotient, x.remainder + by.remainder}, divisor);
}

std::int32_t rounded(const Crossing& x, std::int64_t divisor) {
  return static_cast<std::int32_t>(x.quotient + (x.remainder >= divisor / 2 ? 1 : 0));
}

/// Where the edge lies one row on.
Crossing one_row_on(const ActiveEdge& edge) {
  return edge.divisor == 0 ? edge.x : advanced(edge.x, edge.row_step, edge.divisor);
}

void move(ActiveEdge& edge, const Crossing& step) {
  if (edge.divisor == 0) return;
  edge.x = advanced(edge.x, step, edge.divisor);
  edge.cell = rounded(edge.x, edge.divisor);
}

ActiveEdge active(const StrokeEdge& from) {
  ActiveEdge edge;
  edge.direction = from.direction;
  edge.first = sub_row_at(from.top);
  edge.left = sub_row_at(from.bottom) - edge.first;
  edge.x.quotient = from.upper.x;
  edge.cell = from.upper.x;
  if (from.upper.x == from.lower.x) return edge;
  const std::int64_t run = std::int64_t{kUnit} * (from.lower.x - from.upper.x);
  edge.divisor = std::int64_t{2 * kUnit * kSubRows} * (from.lower.y - from.upper.y);
  edge.step = {2 * kUnit * run / edge.divisor, 2 * kUnit * run % edge.divisor};
  const std::int64_t row_run = 2 * kUnit * kSubRows * run;
  edge.row_step = {row_run / edge.divisor, row_run % edge.divisor};
  // From the line's upper end to the middle of the first sub-row.
  const std::int64_t fall =
      std::int64_t{2 * edge.first + 1} * kUnit - std::int64_t{2 * kSubRows} * from.upper.y;
  edge.x = normalized({from.upper.x + fall * run / edge.divisor, fall * run % edge.divisor},
                      edge.divisor);
  edge.cell = rounded(edge.x, edge.divisor);
  return edge;
}

/// Of a pixel from `low` on, what the interval covers: 0..256.
std::int32_t overlap(std::int32_t low, std::int32_t from, std::int32_t to) {
  return std::clamp(std::min(low + kUnit, to) - std::max(low, from), 0, kUnit);
}

}  // namespace

std::span<const std::uint8_t> StrokeRaster::coverage(const StrokeShape& shape) {
  extent_ = shape.extent();
  coverage_.resize(extent_.pixels());
  if (extent_.empty()) return coverage_;
  if (shape.is_box()) {
    cover_box(shape);
  } else {
    cover_polygon(shape);
  }
  return coverage_;
}

void StrokeRaster::cover_box(const StrokeShape& shape) {
  const FixedBox& box = shape.box();
  std::uint8_t* out = coverage_.data();
  for (int y = extent_.first_row; y < extent_.last_row; ++y) {
    const std::int32_t height = overlap(y * kUnit, box.top, box.bottom);
    for (int x = extent_.first_column; x < extent_.last_column; ++x) {
      const std::int32_t part = overlap(x * kUnit, box.left, box.right) * height >> 8;
      *out++ = static_cast<std::uint8_t>(part - (part >> 8));
    }
  }
}

void StrokeRaster::start(const StrokeShape& shape) {
  active_.clear();
  edges_.clear();
  for (const StrokeEdge& edge : shape.edges()) {
    edges_.push_back(active(edge));
    if (edges_.back().left <= 0) edges_.pop_back();
  }
}

void StrokeRaster::cover_polygon(const StrokeShape& shape) {
  start(shape);
  const auto columns = static_cast<std::size_t>(extent_.last_column - extent_.first_column);
  std::uint8_t* out = coverage_.data();
  for (int row = extent_.first_row; row < extent_.last_row; ++row, out += columns) {
    cells_.assign(columns, {});
    height_before_ = 0;
    begin_edges(row * kSubRows);
    if (crosses_whole(row)) {
      whole_row();
    } else {
      sub_row();
      for (int i = 1; i < kSubRows; ++i) {
        begin_edges(row * kSubRows + i);
        sub_row();
      }
    }
    write_row(out);
  }
}

/// Edges that begin in a sub-row come behind those at the same place.
void StrokeRaster::begin_edges(int sub_row) {
  for (const ActiveEdge& edge : edges_) {
    if (edge.first == sub_row) active_.push_back(edge);
  }
  for (std::size_t i = 1; i < active_.size(); ++i) {
    for (std::size_t k = i; k > 0 && active_[k].cell < active_[k - 1].cell; --k) {
      std::swap(active_[k], active_[k - 1]);
    }
  }
}

/// True if no edge begins inside this row or ends before the next one, and none overtakes another.
bool StrokeRaster::crosses_whole(int row) const {
  const auto begins = [row](const ActiveEdge& e) {
    return e.first > row * kSubRows && e.first < (row + 1) * kSubRows;
  };
  if (std::ranges::any_of(edges_, begins)) return false;
  std::int32_t before = INT32_MIN;
  for (const ActiveEdge& edge : active_) {
    if (edge.left < kSubRows) return false;
    const std::int32_t cell =
        edge.divisor == 0 ? edge.cell : rounded(one_row_on(edge), edge.divisor);
    if (cell < before) return false;
    before = cell;
  }
  return true;
}

/// One pass over the crossings, left to right, in which the winding number says what is inside.
void StrokeRaster::sub_row() {
  int winding = 0;
  std::int32_t from = 0;
  for (ActiveEdge& edge : active_) {
    if (winding == 0) from = edge.cell;
    winding += edge.direction;
    if (winding == 0) add_span(from, edge.cell);
    --edge.left;
    move(edge, edge.step);
  }
  std::erase_if(active_, [](const ActiveEdge& e) { return e.left == 0; });
}

/// All sub-rows at once, from the exact areas left of the outermost edges.
void StrokeRaster::whole_row() {
  int winding = 0;
  bool inside = false;
  for (std::size_t i = 0; i < active_.size(); ++i) {
    ActiveEdge& edge = active_[i];
    winding += edge.direction;
    const bool apart = i + 1 == active_.size() || active_[i + 1].cell != edge.cell;
    if (!inside) {
      inside = true;
      add_edge(edge, 1);
    } else if (winding == 0 && apart) {
      inside = false;
      add_edge(edge, -1);
    }
    move(edge, edge.row_step);
    edge.left -= kSubRows;
  }
  std::erase_if(active_, [](const ActiveEdge& e) { return e.left == 0; });
}

void StrokeRaster::add(std::int64_t column, int height, int area) {
  if (column >= extent_.last_column) return;
  if (column < extent_.first_column) {
    height_before_ += height;
    return;
  }
  Cell& cell = cells_[static_cast<std::size_t>(column - extent_.first_column)];
  cell.height += height;
  cell.area += area;
}

void StrokeRaster::add_span(std::int32_t from, std::int32_t to) {
  add(from >> 8, 1, 2 * (from & 255));
  add(to >> 8, -1, -2 * (to & 255));
}

/// Adds what lies right of the edge in this row, or takes it away.
void StrokeRaster::add_edge(ActiveEdge& edge, int sign) {
  Crossing top = edge.x;
  Crossing bottom = one_row_on(edge);
  if (edge.divisor != 0) {
    // From the middle of a sub-row back to its beginning.
    const Crossing back{-(edge.step.quotient / 2), -(edge.step.remainder / 2)};
    top = advanced(top, back, edge.divisor);
    bottom = advanced(bottom, back, edge.divisor);
  }
  // In parts of `unit`; without a divisor both ends are the same and nothing is divided.
  const std::int64_t unit = std::max<std::int64_t>(edge.divisor, 1);
  const std::int64_t run =
      (bottom.quotient - top.quotient) * unit + (bottom.remainder - top.remainder);
  const Crossing& left = run >= 0 ? top : bottom;
  const Crossing& right = run >= 0 ? bottom : top;
  // Heights where the edge crosses from pixel to pixel are floored to sub-rows.
  const std::int64_t last = right.quotient >> 8;
  int done = 0;
  for (std::int64_t x = left.quotient; (x >> 8) <= last; x = ((x >> 8) + 1) * kUnit) {
    const std::int64_t column = x >> 8;
    const std::int64_t begin = column * kUnit;
    const std::int64_t way = (begin + kUnit - left.quotient) * unit - left.remainder;
    const int to = column == last ? kSubRows : static_cast<int>(kSubRows * way / std::abs(run));
    const std::int64_t end = column == last ? right.quotient : begin + kUnit;
    const int height = sign * (to - done);
    add(column, height, height * static_cast<int>((x - begin) + (end - begin)));
    done = to;
  }
}

void StrokeRaster::write_row(std::uint8_t* out) {
  std::int32_t height = height_before_;
  for (const Cell& cell : cells_) {
    height += cell.height;
    const std::int32_t covered = 2 * kUnit * height - cell.area;
    *out++ = static_cast<std::uint8_t>((17 * covered + 256) >> 9);
  }
}

}  // namespace af::synth

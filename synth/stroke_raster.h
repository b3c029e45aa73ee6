#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "synth/stroke_shape.h"

namespace af::synth {

/// Coverage of strokes, bit for bit as Cairo 1.16 has it: 15 sub-rows a pixel row, crossings to
/// 1/256 pixel. Keeps its storage from stroke to stroke. Not thread-safe.
class StrokeRaster {
 public:
  /// Coverage 0..255 of the shape's extent, row by row without gaps; valid until the next call.
  [[nodiscard]] std::span<const std::uint8_t> coverage(const StrokeShape& shape);

  /// x in 24.8 and how far it moves in a sub-row, as quotients and remainders by `divisor`.
  struct Crossing {
    std::int64_t quotient = 0;
    std::int64_t remainder = 0;
  };
  /// An edge in its way down the rows.
  struct ActiveEdge {
    int direction = 0;
    int first = 0;             ///< Sub-row where it begins.
    int left = 0;              ///< Sub-rows that it still has.
    std::int64_t divisor = 0;  ///< 0: upright.
    Crossing x;
    Crossing step;          ///< In a sub-row.
    Crossing row_step;      ///< In a row.
    std::int32_t cell = 0;  ///< x, rounded.
  };

 private:
  void cover_box(const StrokeShape& shape);
  void cover_polygon(const StrokeShape& shape);
  void start(const StrokeShape& shape);
  void begin_edges(int sub_row);
  void sub_row();
  void whole_row();
  void add_span(std::int32_t from, std::int32_t to);
  void add_edge(ActiveEdge& edge, int sign);
  void add(std::int64_t column, int height, int area);
  [[nodiscard]] bool crosses_whole(int row) const;
  void write_row(std::uint8_t* out);

  struct Cell {
    std::int32_t height = 0;  ///< Sub-rows that begin to be covered here.
    std::int32_t area = 0;    ///< Of them, what lies left of the crossing; 512 a sub-row.
  };
  fonts::PixelBox extent_;
  std::vector<std::uint8_t> coverage_;
  std::vector<ActiveEdge> edges_;   ///< As they begin, in order of the shape.
  std::vector<ActiveEdge> active_;  ///< From left to right.
  std::vector<Cell> cells_;         ///< Of the extent's columns, one row.
  std::int32_t height_before_ = 0;  ///< Of cells left of the extent.
};

}  // namespace af::synth

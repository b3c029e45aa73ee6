#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "fonts/glyph_transform.h"
#include "synth/stroke.h"

/// What a stroke becomes before it is rastered, as Cairo 1.16 has it: found by experiment. Fixed
/// point is 24.8 here; an image of N pixels spans [0, 256 N] both ways.
namespace af::synth {

struct FixedPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
};

/// The part of a line between two heights.
struct StrokeEdge {
  FixedPoint upper;  ///< The line's ends; upper.y < lower.y.
  FixedPoint lower;
  std::int32_t top = 0;  ///< Where the part begins and ends.
  std::int32_t bottom = 0;
  int direction = 0;  ///< +1 or -1: what crossing it adds to the winding number.
};

/// Sides of a box in fixed point.
struct FixedBox {
  std::int32_t left = 0;
  std::int32_t right = 0;
  std::int32_t top = 0;
  std::int32_t bottom = 0;
};

/// A stroke along an axis is a box. Any other is a parallelogram, clipped to the image: parts to
/// the left or the right of it become upright edges on its border.
class StrokeShape {
 public:
  StrokeShape(const Stroke& stroke, int resolution);

  [[nodiscard]] bool is_box() const noexcept { return is_box_; }
  [[nodiscard]] const FixedBox& box() const noexcept { return box_; }
  [[nodiscard]] std::span<const StrokeEdge> edges() const noexcept {
    return std::span(edges_).first(edge_count_);
  }
  /// Pixels that the shape can touch; empty if it draws nothing.
  [[nodiscard]] const fonts::PixelBox& extent() const noexcept { return extent_; }

 private:
  void make_box(FixedPoint from, FixedPoint to, const Stroke& stroke, int resolution);
  void make_parallelogram(FixedPoint from, FixedPoint to, const Stroke& stroke, int resolution);
  void add_line(FixedPoint from, FixedPoint to, int direction, std::int32_t side);
  void clip_line(StrokeEdge edge, std::int32_t side);
  void add_edge(const StrokeEdge& edge);
  void add_border(std::int32_t x, std::int32_t top, std::int32_t bottom, int direction);

  bool is_box_ = false;
  FixedBox box_;
  std::array<StrokeEdge, 12> edges_;  // Four lines of up to three parts.
  std::size_t edge_count_ = 0;
  FixedBox bounds_{INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN};  ///< Of the edges.
  fonts::PixelBox extent_;
};

}  // namespace af::synth

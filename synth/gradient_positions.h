#pragma once

#include <cstdint>
#include <span>

#include "fonts/glyph_transform.h"
#include "synth/pattern.h"

/// Where along a gradient each pixel lies, bit for bit as pixman 0.42 has it under Cairo 1.16.
namespace af::synth {

/// What of an image a gradient is painted into.
struct PaintedArea {
  int resolution = 0;
  fonts::PixelBox box;     ///< Rounding depends on its first column, as pixman's does.
  fonts::PixelBox extent;  ///< What Cairo takes to be painted: rounding depends on its centre.
};

/// Position of every pixel of the box in 16.16, row by row without gaps: 0 at the gradient's first
/// point or circle, 65536 at its second.
/// @param out  [pixels of the box]
void gradient_positions(const Gradient& gradient, const PaintedArea& area,
                        std::span<std::int32_t> out);

}  // namespace af::synth

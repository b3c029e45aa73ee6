#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "synth/ramp.h"
#include "synth/stroke.h"
#include "synth/stroke_raster.h"

namespace af::synth {

/// Paints strokes over transparent black and over one another, as Cairo 1.16 does:
///   s = d(colour coverage),  out = min(255, s + d(out (255 - alpha of s))),
///   d(x) = (x + 128 + ((x + 128) >> 8)) >> 8,
/// colours premultiplied; the first stroke that touches the image, and opaque ones, have 127 in
/// place of 128.
/// Keeps its storage. Not thread-safe.
class StrokePainter {
 public:
  /// Paints the strokes that a camouflage's key gives.
  void paint(const Camouflage& camouflage, int resolution, const fonts::PixelBox& box,
             const PixelRun& out);
  /// @param box  Part of the image that is wanted, in rows without gaps.
  /// @param out  Of the box; `alpha` may be null.
  void paint(std::span<const Stroke> strokes, int resolution, const fonts::PixelBox& box,
             const PixelRun& out);

 private:
  StrokeRaster raster_;
  std::vector<Stroke> strokes_;
};

}  // namespace af::synth

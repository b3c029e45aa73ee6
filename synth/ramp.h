#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "synth/pattern.h"

namespace af::synth {

/// A run of pixels of one image row, premultiplied, as planes.
struct PixelRun {
  std::array<std::uint8_t*, 3> rgb;
  std::uint8_t* alpha;  ///< May be null: not wanted.
};

/// Positions along a gradient to colours, as pixman 0.42 computes them in float32: piecewise linear
/// between the stops, constant outside them.
class Ramp {
 public:
  explicit Ramp(const std::array<Stop, kStops>& stops);

  /// @param positions  [count] in 16.16; neighbours lie near each other.
  void shade(std::span<const std::int32_t> positions, const PixelRun& out) const;

  /// Value of a channel at position y: slope * y + base, 1 being full.
  struct Segment {
    std::array<float, 4> base;
    std::array<float, 4> slope;
  };

  struct Table {
    std::array<std::int32_t, kStops> at;       ///< Of the stops, ascending, 16.16.
    std::array<Segment, kStops + 1> segments;  ///< Before, between and after them.
  };

 private:
  Table table_{};
};

}  // namespace af::synth

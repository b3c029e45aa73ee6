#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace af::synth {

/// A straight line with butt ends. Coordinates and width are in the unit square, y down.
struct Stroke {
  std::array<double, 2> from{};
  std::array<double, 2> to{};
  double width = 0.0;
  std::array<double, 4> rgba{};  ///< Each in [0, 1]; not premultiplied.
  bool operator==(const Stroke&) const = default;
};

inline constexpr std::int64_t kMostStrokes = 5000;  ///< Of a pattern.
inline constexpr double kWidestStroke = 2.0;
inline constexpr double kLongestStroke = 2.0;

/// Strokes in one direction at random places in random colours over transparent black: what
/// Synbols calls camouflage, since a glyph painted with it has the colours of its background.
struct Camouflage {
  struct Shape {
    double length = 0.0;
    double width = 0.0;
    double angle_rad = 0.0;  ///< Clockwise on the screen.
    double noise = 0.0;      ///< Standard deviation of each coordinate of a stroke's end.
    bool operator==(const Shape&) const = default;
  };
  Shape shape;
  std::int64_t count = 0;
  std::int64_t key = 0;  ///< Equal keys give equal strokes.
  bool operator==(const Camouflage&) const = default;
};

inline constexpr double kStrokeAlpha = 0.8;

/// The strokes of a camouflage: with v = length (cos, sin) of the angle, from (1.6 u - 0.3)(1 - v),
/// u uniform in the unit square, by v and `noise` times a standard normal vector; colours uniform
/// with opacity `kStrokeAlpha`. Source: Synbols 1.0.2, `Camouflage`.
void strokes_of(const Camouflage& camouflage, std::vector<Stroke>& out);

}  // namespace af::synth

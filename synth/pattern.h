#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "synth/stroke.h"

namespace af::synth {

/// Red, green, blue in [0, 1].
using Rgb = std::array<double, 3>;

inline constexpr std::size_t kStops = 3;         ///< Of every gradient, as Synbols draws them.
inline constexpr std::size_t kMaxGradients = 4;  ///< Of a multi-gradient.

enum class GradientKind : std::uint16_t { kLinear, kRadial };
constexpr auto enum_names(GradientKind) {
  return std::array{std::pair{GradientKind::kLinear, "linear"},
                    std::pair{GradientKind::kRadial, "radial"}};
}

/// A colour at a position of the gradient, both in [0, 1]; not premultiplied.
struct Stop {
  double position = 0.0;
  std::array<double, 4> rgba{};
  bool operator==(const Stop&) const = default;
};

/// Colours along a line or between two circles; outside it the end colours go on.
/// Coordinates are in the unit square, y down, and do not move with a glyph.
struct Gradient {
  GradientKind kind = GradientKind::kLinear;
  /// Linear: x0, y0, x1, y1, unused, unused. Radial: x0, y0, radius0, x1, y1, radius1.
  std::array<double, 6> points{};
  std::array<Stop, kStops> stops{};
  bool operator==(const Gradient&) const = default;
};

enum class PatternKind : std::uint16_t {
  kNone,  ///< Transparent black.
  kSolid,
  kLinear,
  kRadial,
  kMulti,       ///< Several gradients over one another.
  kCamouflage,  ///< Strokes.
  kImage,       ///< A crop of a picture.
};
constexpr auto enum_names(PatternKind) {
  return std::array{
      std::pair{PatternKind::kNone, "none"},     std::pair{PatternKind::kSolid, "solid"},
      std::pair{PatternKind::kLinear, "linear"}, std::pair{PatternKind::kRadial, "radial"},
      std::pair{PatternKind::kMulti, "multi"},   std::pair{PatternKind::kCamouflage, "camouflage"},
      std::pair{PatternKind::kImage, "image"}};
}

/// What a background or a symbol is painted with.
struct Pattern {
  PatternKind kind = PatternKind::kNone;
  Rgb rgb{};                        ///< Of a solid.
  std::uint8_t gradient_count = 0;  ///< 1 if linear or radial.
  std::array<Gradient, kMaxGradients> gradients{};
  Camouflage camouflage;        ///< Where its strokes come from,
  std::vector<Stroke> strokes;  ///< unless they are listed here.
  std::uint16_t image = 0;      ///< Picture, as a position in the vocabulary.
  /// Left, top, right and bottom of what of it is shown, each in [0, 1].
  std::array<double, 4> crop{};

  [[nodiscard]] std::span<const Gradient> layers() const {
    return std::span(gradients).first(gradient_count);
  }
  bool operator==(const Pattern&) const = default;
};

[[nodiscard]] Pattern solid(const Rgb& rgb);
[[nodiscard]] Pattern single(const Gradient& gradient);

}  // namespace af::synth

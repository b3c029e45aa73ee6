#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/random.h"
#include "synth/distribution.h"
#include "synth/pattern.h"

namespace af::synth {

/// What factors can be. A normal's draw beyond an end is that end.
inline constexpr double kLeastScale = 0.001;
inline constexpr double kMostScale = 20.0;
inline constexpr double kMostOcclusionScale = 2.0;
inline constexpr double kMostAngle = 1000.0;
inline constexpr double kMostTranslation = 1000.0;

/// How patterns are drawn; figures from Synbols 1.0.2, `Gradient`, `MultiGradient` and
/// `Camouflage`.
namespace factors {

/// What occlusions look like.
inline constexpr std::array kOcclusionShapes{"■", "▲", "●"};

/// Three stops at 0, 0.5 and 1 of uniform colours.
/// Linear: from a uniform point, a uniform direction, length 1 + 0.2 z. Radial: between circles of
/// radius 2 and 0.1 about uniform points.
[[nodiscard]] Gradient gradient(GradientKind kind, double opacity, Stream& stream);

/// What a pattern's draw depends on beside its stream.
struct PatternOptions {
  std::vector<Rgb> solids;  ///< Colours of a solid, equally frequent; none: any colour.
  std::int64_t multi_gradients = 2;
  double multi_opacity = 0.5;
  std::int64_t strokes = 500;
  Camouflage::Shape stroke;  ///< Its angle is drawn.
  Distribution stroke_angle;
  std::size_t images = 0;  ///< Pictures, equally frequent.
  double image_crop = 0.2;
};

/// Replaces `pattern` by one of the kind.
void draw_pattern(PatternKind kind, const PatternOptions& options, Stream& stream,
                  Pattern& pattern);

}  // namespace factors
}  // namespace af::synth

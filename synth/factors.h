#pragma once

#include <array>
#include <cstdint>

#include "core/random.h"
#include "synth/pattern.h"

/// How Synbols 1.0.2 draws the factors of an image by default; figures from its
/// `basic_attribute_sampler`, `add_occlusion` and `Gradient`.
namespace af::synth::factors {

/// 0.6 e^(0.2 z), z standard normal.
[[nodiscard]] double scale(Stream& stream);
/// 0.3 z radians.
[[nodiscard]] double rotation_rad(Stream& stream);
/// Each coordinate uniform on [-0.9, 0.9): the symbol stays in the image.
[[nodiscard]] std::array<double, 2> translation(Stream& stream);

/// Uniform on [0, 2 pi).
[[nodiscard]] double occlusion_rotation_rad(Stream& stream);
/// Each coordinate uniform on [-1.5, 1.5): partly outside of the image.
[[nodiscard]] std::array<double, 2> occlusion_translation(Stream& stream);
/// What occlusions look like; equally frequent.
inline constexpr std::array kOcclusionShapes{"■", "▲", "●"};

/// Linear or radial, equally frequent, three stops at 0, 0.5 and 1 of uniform colours.
/// Linear: from a uniform point, a uniform direction, length 1 + 0.2 z. Radial: between circles of
/// radius 2 and 0.1 about uniform points.
[[nodiscard]] Gradient gradient(Stream& stream);

[[nodiscard]] inline bool coin(Stream& stream) { return stream.below(2) == 1; }

}  // namespace af::synth::factors

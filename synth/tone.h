#pragma once

#include <cstdint>
#include <span>

#include "synth/canvas.h"
#include "synth/scene.h"

namespace af::synth {

/// The last step from painted planes to an image, as Synbols does it in float32:
///   v = byte / 256; grey: mean of the channels; inverse: 1 - v; maximal contrast:
///   (v - min) / (max - min) over all channels; plus noise; clipped to [0, 1]; 255 v truncated.
/// Without noise this is Synbols bit for bit. With noise of scale s, s times a value of
/// `Noise` over its standard deviation is added (synth/noise.h).
/// @param channels  3, or 1 for grey.
/// @param image     [resolution, resolution, channels]
void finish(const Canvas& canvas, const Scene& scene, int channels, std::span<std::uint8_t> image);

}  // namespace af::synth

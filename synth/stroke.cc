#include "synth/stroke.h"

#include "core/portable_math.h"
#include "core/random.h"

namespace af::synth {

void strokes_of(const Camouflage& camouflage, std::vector<Stroke>& out) {
  Stream stream(static_cast<std::uint64_t>(camouflage.key), Purpose::kStrokes, 0);
  const Camouflage::Shape& shape = camouflage.shape;
  const auto [sin, cos] = portable::sin_cos(shape.angle_rad);
  const std::array<double, 2> along{shape.length * cos, shape.length * sin};
  out.resize(static_cast<std::size_t>(camouflage.count));
  for (Stroke& stroke : out) {
    for (std::size_t a = 0; a < 2; ++a) {
      stroke.from[a] = (1.6 * stream.uniform() - 0.3) * (1.0 - along[a]);
      stroke.to[a] = stroke.from[a] + along[a] + shape.noise * stream.normal();
    }
    stroke.width = shape.width;
    for (std::size_t c = 0; c < 3; ++c) stroke.rgba[c] = stream.uniform();
    stroke.rgba[3] = kStrokeAlpha;
  }
}

}  // namespace af::synth

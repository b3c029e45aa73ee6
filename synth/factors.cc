#include "synth/factors.h"

#include <numbers>

#include "core/portable_math.h"

namespace af::synth::factors {
namespace {

constexpr double kFullTurn = 2.0 * std::numbers::pi;

std::array<double, 2> square(Stream& stream, double half_side) {
  const double x = stream.uniform(-half_side, half_side);
  return {x, stream.uniform(-half_side, half_side)};
}

std::array<double, 6> line(Stream& stream) {
  const double x = stream.uniform();
  const double y = stream.uniform();
  const auto [sin, cos] = portable::sin_cos(stream.uniform() * kFullTurn);
  const double length = 1.0 + 0.2 * stream.normal();
  return {x, y, x + length * cos, y + length * sin, 0.0, 0.0};
}

std::array<double, 6> circles(Stream& stream) {
  const double x0 = stream.uniform();
  const double y0 = stream.uniform();
  const double x1 = stream.uniform();
  const double y1 = stream.uniform();
  return {x0, y0, 2.0, x1, y1, 0.1};
}

}  // namespace

double scale(Stream& stream) { return 0.6 * portable::exp(0.2 * stream.normal()); }

double rotation_rad(Stream& stream) { return 0.3 * stream.normal(); }

std::array<double, 2> translation(Stream& stream) { return square(stream, 0.9); }

double occlusion_rotation_rad(Stream& stream) { return stream.uniform() * kFullTurn; }

std::array<double, 2> occlusion_translation(Stream& stream) { return square(stream, 1.5); }

Gradient gradient(Stream& stream) {
  Gradient gradient;
  gradient.kind = coin(stream) ? GradientKind::kRadial : GradientKind::kLinear;
  gradient.points = gradient.kind == GradientKind::kRadial ? circles(stream) : line(stream);
  double position = 0.0;
  for (Stop& stop : gradient.stops) {
    stop.position = position;
    position += 0.5;
    for (std::size_t c = 0; c < 3; ++c) stop.rgba[c] = stream.uniform();
    stop.rgba[3] = 1.0;
  }
  return gradient;
}

}  // namespace af::synth::factors

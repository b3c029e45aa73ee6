#include "synth/factors.h"

#include <algorithm>
#include <numbers>

#include "core/portable_math.h"

namespace af::synth::factors {
namespace {

constexpr double kFullTurn = 2.0 * std::numbers::pi;

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

Rgb solid_color(const std::vector<Rgb>& solids, Stream& stream) {
  if (solids.size() == 1) return solids.front();
  if (!solids.empty()) return solids[stream.below(static_cast<std::uint32_t>(solids.size()))];
  Rgb rgb{};
  for (double& value : rgb) value = stream.uniform();
  return rgb;
}

Pattern multi(const PatternOptions& options, Stream& stream) {
  Pattern pattern;
  pattern.kind = PatternKind::kMulti;
  for (std::int64_t i = 0; i < options.multi_gradients; ++i) {
    const GradientKind kind = stream.below(2) == 1 ? GradientKind::kRadial : GradientKind::kLinear;
    pattern.gradients[pattern.gradient_count++] = gradient(kind, options.multi_opacity, stream);
  }
  return pattern;
}

Pattern camouflage(const PatternOptions& options, Stream& stream) {
  Pattern pattern;
  pattern.kind = PatternKind::kCamouflage;
  pattern.camouflage.shape = options.stroke;
  pattern.camouflage.shape.angle_rad =
      std::clamp(options.stroke_angle(stream), -kMostAngle, kMostAngle);
  pattern.camouflage.count = options.strokes;
  pattern.camouflage.key = static_cast<std::int64_t>(stream.bits64() >> 1);
  return pattern;
}

/// As Synbols crops: an end first, then a beginning at least `image_crop` before it.
Pattern image(const PatternOptions& options, Stream& stream) {
  Pattern pattern;
  pattern.kind = PatternKind::kImage;
  pattern.image = static_cast<std::uint16_t>(
      stream.below(static_cast<std::uint32_t>(std::max<std::size_t>(options.images, 1))));
  const double right = stream.uniform(options.image_crop, 1.0);
  const double bottom = stream.uniform(options.image_crop, 1.0);
  const double left = stream.uniform(0.0, right - options.image_crop);
  const double top = stream.uniform(0.0, bottom - options.image_crop);
  pattern.crop = {left, top, right, bottom};
  return pattern;
}

}  // namespace

Gradient gradient(GradientKind kind, double opacity, Stream& stream) {
  Gradient gradient;
  gradient.kind = kind;
  gradient.points = kind == GradientKind::kRadial ? circles(stream) : line(stream);
  double position = 0.0;
  for (Stop& stop : gradient.stops) {
    stop.position = position;
    position += 0.5;
    for (std::size_t c = 0; c < 3; ++c) stop.rgba[c] = stream.uniform();
    stop.rgba[3] = opacity;
  }
  return gradient;
}

void draw_pattern(PatternKind kind, const PatternOptions& options, Stream& stream,
                  Pattern& pattern) {
  switch (kind) {
    case PatternKind::kNone: pattern = {}; return;
    case PatternKind::kSolid: pattern = solid(solid_color(options.solids, stream)); return;
    case PatternKind::kLinear:
      pattern = single(gradient(GradientKind::kLinear, 1.0, stream));
      return;
    case PatternKind::kRadial:
      pattern = single(gradient(GradientKind::kRadial, 1.0, stream));
      return;
    case PatternKind::kMulti: pattern = multi(options, stream); return;
    case PatternKind::kCamouflage: pattern = camouflage(options, stream); return;
    case PatternKind::kImage: pattern = image(options, stream); return;
  }
}

}  // namespace af::synth::factors

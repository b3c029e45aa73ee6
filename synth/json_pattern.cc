#include "synth/json_pattern.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "synth/palette.h"

namespace af::synth {
namespace {

constexpr double kFarthestPoint = 100.0;
constexpr double kFarthestStroke = 20.0;

/// In 16.16 fixed point, as they are drawn.
double fixed_difference(double a, double b) {
  return std::nearbyint(a * 65536.0) - std::nearbyint(b * 65536.0);
}

std::array<double, 6> line(const JsonFields& fields) {
  const auto p = fields.numbers<4>("points", -kFarthestPoint, kFarthestPoint);
  if (fixed_difference(p[0], p[2]) == 0.0 && fixed_difference(p[1], p[3]) == 0.0) {
    fields.fail("both points of a linear gradient are the same; expected two");
  }
  return {p[0], p[1], p[2], p[3], 0.0, 0.0};
}

std::array<double, 6> circles(const JsonFields& fields) {
  const auto p = fields.numbers<6>("points", -kFarthestPoint, kFarthestPoint);
  const double dx = fixed_difference(p[3], p[0]);
  const double dy = fixed_difference(p[4], p[1]);
  const double dr = fixed_difference(p[5], p[2]);
  if (p[2] < 0.0 || p[5] < 0.0 || dx * dx + dy * dy >= dr * dr) {
    fields.fail("a radial gradient's circles are not one inside the other");
  }
  return p;
}

Gradient read_gradient(const JsonFields& fields, const std::string& type) {
  Gradient gradient;
  gradient.kind = type == "linear" ? GradientKind::kLinear : GradientKind::kRadial;
  gradient.points = gradient.kind == GradientKind::kLinear ? line(fields) : circles(fields);
  const nlohmann::json& stops = fields.at("stops");
  if (!stops.is_array() || stops.size() != kStops) {
    fields.fail(fmt::format("'stops' is {}; expected {} stops", stops.dump(), kStops));
  }
  for (std::size_t i = 0; i < kStops; ++i) {
    const auto v = fields.numbers_of<5>(stops[i], "stops", 0.0, 1.0);
    gradient.stops[i] = {v[0], {v[1], v[2], v[3], v[4]}};
  }
  return gradient;
}

Pattern read_layers(const JsonFields& fields) {
  const nlohmann::json& layers = fields.at("layers");
  if (!layers.is_array() || layers.empty() || layers.size() > kMaxGradients) {
    fields.fail(fmt::format("a multi pattern has no list of 1 to {} 'layers'", kMaxGradients));
  }
  Pattern pattern;
  pattern.kind = PatternKind::kMulti;
  for (const nlohmann::json& layer : layers) {
    const Pattern one = read_pattern(layer, fields, {});
    if (one.kind != PatternKind::kLinear && one.kind != PatternKind::kRadial) {
      fields.fail("a layer of a multi pattern is no gradient; expected linear or radial");
    }
    pattern.gradients[pattern.gradient_count++] = one.gradients[0];
  }
  return pattern;
}

Stroke read_stroke(const JsonFields& fields) {
  Stroke stroke;
  stroke.from = fields.numbers<2>("from", -kFarthestStroke, kFarthestStroke);
  stroke.to = fields.numbers<2>("to", -kFarthestStroke, kFarthestStroke);
  stroke.width = fields.number("width", 0.0, kWidestStroke);
  stroke.rgba = fields.numbers<4>("rgba", 0.0, 1.0);
  return stroke;
}

Pattern read_camouflage(const JsonFields& fields) {
  Pattern pattern;
  pattern.kind = PatternKind::kCamouflage;
  if (!fields.has("strokes")) {
    constexpr double kAnyAngle = 1e6;
    pattern.camouflage.shape = {
        fields.number("length", 0.0, kLongestStroke), fields.number("width", 0.0, kWidestStroke),
        fields.number("angle", -kAnyAngle, kAnyAngle), fields.number("noise", 0.0, 1.0)};
    pattern.camouflage.count = fields.whole("count", 1, kMostStrokes);
    pattern.camouflage.key = fields.whole("key", 0, INT64_MAX);
    return pattern;
  }
  const nlohmann::json& strokes = fields.at("strokes");
  if (!strokes.is_array() || strokes.empty() || strokes.size() > kMostStrokes) {
    fields.fail(fmt::format("a camouflage has no list of 1 to {} 'strokes'", kMostStrokes));
  }
  for (const nlohmann::json& stroke : strokes) {
    pattern.strokes.push_back(read_stroke({stroke, fields.where()}));
  }
  return pattern;
}

Pattern read_image(const JsonFields& fields, const std::vector<std::string>& pictures) {
  if (pictures.empty()) {
    fields.fail("a pattern is a picture; expected --images with the folder that it lies in");
  }
  const std::string name = fields.text("file");
  const auto found = std::ranges::find(pictures, name);
  if (found == pictures.end()) {
    fields.fail(
        fmt::format("the folder of pictures has no '{}'{}", name, did_you_mean(name, pictures)));
  }
  Pattern pattern;
  pattern.kind = PatternKind::kImage;
  pattern.image = static_cast<std::uint16_t>(found - pictures.begin());
  pattern.crop = fields.numbers<4>("crop", 0.0, 1.0);
  if (!(pattern.crop[0] < pattern.crop[2] && pattern.crop[1] < pattern.crop[3])) {
    fields.fail("'crop' is empty; expected left, top, right and bottom in [0, 1]");
  }
  return pattern;
}

Pattern named_pattern(const std::string& name, const JsonFields& row) {
  if (name == "none") return {};
  if (const auto rgb = named_color(name)) return solid(*rgb);
  row.fail(
      fmt::format("the pattern '{}'{} is no color; expected #rrggbb, a name of CSS, none or "
                  "an object",
                  name, did_you_mean(name, color_names())));
}

}  // namespace

Pattern read_pattern(const nlohmann::json& pattern, const JsonFields& row,
                     const std::vector<std::string>& pictures) {
  if (pattern.is_string()) return named_pattern(pattern.get<std::string>(), row);
  const JsonFields fields(pattern, row.where());
  const std::string type = fields.text("type");
  if (type == "none") return {};
  if (type == "solid") return solid(fields.numbers<3>("rgb", 0.0, 1.0));
  if (type == "linear" || type == "radial") return single(read_gradient(fields, type));
  if (type == "multi") return read_layers(fields);
  if (type == "camouflage") return read_camouflage(fields);
  if (type == "image") return read_image(fields, pictures);
  fields.fail(
      fmt::format("the pattern type '{}' is not one that can be drawn; expected none, "
                  "solid, linear, radial, multi, camouflage or image",
                  type));
}

}  // namespace af::synth

#include "synth/stroke_painter.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/vector_clones.h"

namespace af::synth {
namespace {

using Rgba = std::array<std::uint8_t, 4>;

Rgba premultiplied(const std::array<double, 4>& rgba) {
  const auto byte = [](double value) {
    return static_cast<std::uint8_t>(static_cast<int>(value * 65535.0 + 0.5) >> 8);
  };
  return {byte(rgba[0] * rgba[3]), byte(rgba[1] * rgba[3]), byte(rgba[2] * rgba[3]), byte(rgba[3])};
}

/// What Cairo rounds with where it interpolates towards a colour, and where it blends one in.
constexpr std::uint16_t kReplacingHalf = 127;
constexpr std::uint16_t kBlendingHalf = 128;

/// a b / 255, nearly rounded.
constexpr std::uint16_t product(std::uint16_t a, std::uint16_t b, std::uint16_t half) {
  const auto x = static_cast<std::uint16_t>(a * b + half);
  return static_cast<std::uint16_t>((x + (x >> 8)) >> 8);
}

AF_VECTOR_CLONES void blend(const std::uint8_t* __restrict coverage, std::size_t count,
                            std::uint8_t color, std::uint8_t alpha, std::uint16_t half,
                            std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = static_cast<std::uint16_t>(255 - product(alpha, coverage[i], half));
    const auto sum =
        static_cast<std::uint16_t>(product(color, coverage[i], half) + product(out[i], rest, half));
    out[i] = static_cast<std::uint8_t>(std::min<std::uint16_t>(sum, 255));
  }
}

/// Coverage in rows of `extent` and the pixels in rows of `box`.
struct Layer {
  fonts::PixelBox extent;
  fonts::PixelBox box;
  Rgba color;
  std::uint16_t half;
};

void blend_layer(const Layer& layer, const std::uint8_t* coverage, const PixelRun& out) {
  const fonts::PixelBox part = fonts::intersection(layer.extent, layer.box);
  if (part.empty()) return;
  const auto at = [&part](const fonts::PixelBox& box, int y) {
    return static_cast<std::size_t>(y - box.first_row) *
               static_cast<std::size_t>(box.last_column - box.first_column) +
           static_cast<std::size_t>(part.first_column - box.first_column);
  };
  const std::array<std::uint8_t*, 4> planes{out.rgb[0], out.rgb[1], out.rgb[2], out.alpha};
  const auto width = static_cast<std::size_t>(part.last_column - part.first_column);
  for (int y = part.first_row; y < part.last_row; ++y) {
    for (std::size_t c = 0; c < planes.size(); ++c) {
      if (planes[c] == nullptr) continue;
      blend(coverage + at(layer.extent, y), width, layer.color[c], layer.color[3], layer.half,
            planes[c] + at(layer.box, y));
    }
  }
}

}  // namespace

void StrokePainter::paint(const Camouflage& camouflage, int resolution, const fonts::PixelBox& box,
                          const PixelRun& out) {
  strokes_of(camouflage, strokes_);
  paint(strokes_, resolution, box, out);
}

void StrokePainter::paint(std::span<const Stroke> strokes, int resolution,
                          const fonts::PixelBox& box, const PixelRun& out) {
  for (std::uint8_t* const plane : {out.rgb[0], out.rgb[1], out.rgb[2], out.alpha}) {
    if (plane != nullptr) std::fill_n(plane, box.pixels(), std::uint8_t{0});
  }
  bool fresh = true;
  for (const Stroke& stroke : strokes) {
    const StrokeShape shape(stroke, resolution);
    if (shape.extent().empty()) continue;
    const Rgba color = premultiplied(stroke.rgba);
    const bool replaces = fresh || color[3] == 255;
    blend_layer({shape.extent(), box, color, replaces ? kReplacingHalf : kBlendingHalf},
                raster_.coverage(shape).data(), out);
    fresh = false;
  }
}

}  // namespace af::synth

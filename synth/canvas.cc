#include "synth/canvas.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "synth/gradient_positions.h"
#include "synth/vector_clones.h"

namespace af::synth {
namespace {

/// A colour's 16 bits, of which a solid keeps the upper 8.
std::uint8_t solid_byte(double value) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(std::floor(value * 65535.0 + 0.5)) >> 8);
}

/// a b / 255, rounded, for bytes a and b: d(x) of the header.
constexpr std::uint16_t product(std::uint16_t a, std::uint16_t b) {
  const auto x = static_cast<std::uint16_t>(a * b + 128);
  return static_cast<std::uint16_t>((x + (x >> 8)) >> 8);
}

/// alpha *= mask.
AF_VECTOR_CLONES void cover(const std::uint8_t* __restrict mask, std::size_t count,
                            std::uint8_t* __restrict alpha) {
  for (std::size_t i = 0; i < count; ++i) {
    alpha[i] = static_cast<std::uint8_t>(product(alpha[i], mask[i]));
  }
}

/// out = source mask + out (1 - covered).
AF_VECTOR_CLONES void blend(const std::uint8_t* __restrict source,
                            const std::uint8_t* __restrict mask,
                            const std::uint8_t* __restrict covered, std::size_t count,
                            std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = static_cast<std::uint16_t>(255 - covered[i]);
    const auto sum =
        static_cast<std::uint16_t>(product(source[i], mask[i]) + product(out[i], rest));
    out[i] = static_cast<std::uint8_t>(std::min<std::uint16_t>(sum, 255));
  }
}

/// Premultiplied source over premultiplied `out`.
AF_VECTOR_CLONES void over(const std::uint8_t* __restrict source,
                           const std::uint8_t* __restrict source_alpha, std::size_t count,
                           std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = static_cast<std::uint16_t>(255 - source_alpha[i]);
    const auto sum = static_cast<std::uint16_t>(source[i] + product(out[i], rest));
    out[i] = static_cast<std::uint8_t>(std::min<std::uint16_t>(sum, 255));
  }
}

std::size_t area(int resolution) {
  return static_cast<std::size_t>(resolution) * static_cast<std::size_t>(resolution);
}

}  // namespace

Canvas::Canvas(int resolution) : resolution_(resolution), positions_(area(resolution)) {
  for (auto& plane : planes_) plane.resize(area(resolution));
  for (auto& plane : source_) plane.resize(area(resolution));
}

PixelRun Canvas::row(int y) {
  const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(resolution_);
  return {{planes_[0].data() + at, planes_[1].data() + at, planes_[2].data() + at},
          alpha_.empty() ? nullptr : alpha_.data() + at};
}

fonts::PixelBox Canvas::whole() const { return {0, resolution_, 0, resolution_}; }

PixelRun Canvas::source_box() {
  return {{source_[0].data(), source_[1].data(), source_[2].data()}, source_[3].data()};
}

void Canvas::fill(const Pattern& background) {
  alpha_.clear();
  switch (background.kind) {
    case PatternKind::kNone: return fill_solid({0.0, 0.0, 0.0});
    case PatternKind::kSolid: return fill_solid(background.rgb);
    case PatternKind::kLinear:
    case PatternKind::kRadial: return fill_gradient(background.gradients[0]);
    case PatternKind::kMulti:
      fill_solid({0.0, 0.0, 0.0});
      alpha_.assign(area(resolution_), 0);
      for (const Gradient& gradient : background.layers()) lay_over(gradient);
      return;
  }
}

void Canvas::fill_solid(const Rgb& rgb) {
  for (std::size_t c = 0; c < planes_.size(); ++c) {
    std::ranges::fill(planes_[c], solid_byte(rgb[c]));
  }
}

void Canvas::fill_gradient(const Gradient& gradient) {
  paint_gradient(gradient, whole(), whole(), row(0));
}

/// Paints the box in rows without gaps.
void Canvas::paint_gradient(const Gradient& gradient, const fonts::PixelBox& box,
                            const fonts::PixelBox& extent, const PixelRun& out) {
  const std::span positions = std::span(positions_).first(box.pixels());
  gradient_positions(gradient, {resolution_, box, extent}, positions);
  Ramp(gradient.stops).shade(positions, out);
}

void Canvas::lay_over(const Gradient& gradient) {
  const PixelRun source = source_box();
  paint_gradient(gradient, whole(), whole(), source);
  const PixelRun out = row(0);
  for (std::size_t c = 0; c < out.rgb.size(); ++c) {
    over(source.rgb[c], source.alpha, alpha_.size(), out.rgb[c]);
  }
  over(source.alpha, source.alpha, alpha_.size(), out.alpha);
}

/// Paints what of a pattern comes into the box, in rows without gaps.
void Canvas::paint_source(const Pattern& pattern, const fonts::PixelBox& box,
                          const fonts::PixelBox& extent) {
  if (pattern.kind != PatternKind::kSolid) {
    return paint_gradient(pattern.gradients[0], box, fonts::intersection(extent, whole()),
                          source_box());
  }
  for (std::size_t c = 0; c < 3; ++c) {
    std::fill_n(source_[c].begin(), box.pixels(), solid_byte(pattern.rgb[c]));
  }
  std::fill_n(source_[3].begin(), box.pixels(), std::uint8_t{255});
}

void Canvas::paint(const Pattern& foreground, const fonts::GlyphBitmap& glyph) {
  const fonts::PixelBox part = visible_part(glyph, resolution_);
  if (part.empty() || foreground.kind == PatternKind::kNone) return;
  paint_source(foreground, part, glyph.extent);
  const auto width = static_cast<std::size_t>(part.last_column - part.first_column);
  PixelRun source = source_box();
  for (int y = part.first_row; y < part.last_row; ++y) {
    const std::uint8_t* const mask = coverage_row(glyph, part, y).data();
    cover(mask, width, source.alpha);
    const PixelRun out = row(y);
    for (std::size_t c = 0; c < out.rgb.size(); ++c) {
      blend(source.rgb[c], mask, source.alpha, width, out.rgb[c] + part.first_column);
      source.rgb[c] += width;
    }
    source.alpha += width;
  }
}

fonts::PixelBox visible_part(const fonts::GlyphBitmap& glyph, int resolution) {
  if (glyph.coverage.empty()) return {};
  return fonts::intersection(
      {glyph.left, glyph.left + glyph.width, glyph.top, glyph.top + glyph.height},
      {0, resolution, 0, resolution});
}

std::span<const std::uint8_t> coverage_row(const fonts::GlyphBitmap& glyph,
                                           const fonts::PixelBox& part, int y) {
  const auto at = static_cast<std::size_t>(y - glyph.top) * static_cast<std::size_t>(glyph.width) +
                  static_cast<std::size_t>(part.first_column - glyph.left);
  return glyph.coverage.subspan(at, static_cast<std::size_t>(part.last_column - part.first_column));
}

void write_mask(const fonts::GlyphBitmap& glyph, int resolution, std::size_t layer,
                std::size_t layers, std::span<std::uint8_t> mask) {
  const fonts::PixelBox part = visible_part(glyph, resolution);
  for (int y = part.first_row; y < part.last_row; ++y) {
    const std::span<const std::uint8_t> from = coverage_row(glyph, part, y);
    std::uint8_t* to = mask.data() +
                       (static_cast<std::size_t>(y) * static_cast<std::size_t>(resolution) +
                        static_cast<std::size_t>(part.first_column)) *
                           layers +
                       layer;
    if (layers == 1) {
      std::memcpy(to, from.data(), from.size());
      continue;
    }
    for (const std::uint8_t value : from) {
      *to = value;
      to += layers;
    }
  }
}

}  // namespace af::synth

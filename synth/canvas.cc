#include "synth/canvas.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <utility>

#include "core/vector_clones.h"
#include "synth/gradient_positions.h"

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

/// The same for one opaque colour, where a mask is what it covers.
AF_VECTOR_CLONES void blend_solid(std::uint8_t source, const std::uint8_t* __restrict mask,
                                  std::size_t count, std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto rest = static_cast<std::uint16_t>(255 - mask[i]);
    const auto sum = static_cast<std::uint16_t>(product(source, mask[i]) + product(out[i], rest));
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

Canvas::Canvas(int resolution, Pictures pictures)
    : resolution_(resolution),
      coverage_(area(resolution)),
      positions_(area(resolution)),
      pictures_(std::move(pictures)) {
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
    case PatternKind::kCamouflage: return paint_strokes(background, whole(), row(0));
    case PatternKind::kImage: return pictures_.paint(background, resolution_, whole(), row(0));
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

/// Paints the box in rows without gaps.
void Canvas::paint_strokes(const Pattern& pattern, const fonts::PixelBox& box,
                           const PixelRun& out) {
  if (pattern.strokes.empty()) {
    strokes_.paint(pattern.camouflage, resolution_, box, out);
  } else {
    strokes_.paint(pattern.strokes, resolution_, box, out);
  }
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

/// Lays the glyph's coverage into the rows of the box, 0 beside it.
std::span<const std::uint8_t> Canvas::lay_coverage(const fonts::GlyphBitmap& glyph,
                                                   const fonts::PixelBox& box) {
  const auto side = static_cast<std::size_t>(resolution_);
  const auto rows = static_cast<std::size_t>(box.last_row - box.first_row);
  const std::span band = std::span(coverage_).first(rows * side);
  std::ranges::fill(band, std::uint8_t{0});
  std::uint8_t* to = band.data() + box.first_column;
  for (int y = box.first_row; y < box.last_row; ++y, to += side) {
    const std::span<const std::uint8_t> from = coverage_row(glyph, box, y);
    std::memcpy(to, from.data(), from.size());
  }
  return band;
}

/// Paints what of a pattern comes into the box and moves its rows to where they lie in rows of the
/// whole image. What stands beside them is never seen.
void Canvas::lay_source(const Pattern& pattern, const fonts::PixelBox& box,
                        const fonts::PixelBox& extent) {
  if (pattern.kind == PatternKind::kCamouflage) {
    paint_strokes(pattern, box, source_box());
  } else if (pattern.kind == PatternKind::kImage) {
    pictures_.paint(pattern, resolution_, box, source_box());
  } else {
    paint_gradient(pattern.gradients[0], box, fonts::intersection(extent, whole()), source_box());
  }
  const auto width = static_cast<std::size_t>(box.last_column - box.first_column);
  const auto rows = static_cast<std::size_t>(box.last_row - box.first_row);
  for (auto& plane : source_) {
    for (std::size_t j = rows; j-- > 0;) {  // The last first: each row moves towards the end.
      std::memmove(plane.data() + j * static_cast<std::size_t>(resolution_) + box.first_column,
                   plane.data() + j * width, width);
    }
  }
}

void Canvas::paint(const Pattern& foreground, const fonts::GlyphBitmap& glyph) {
  const fonts::PixelBox part = visible_part(glyph, resolution_);
  if (part.empty() || foreground.kind == PatternKind::kNone) return;
  // Whole rows at once: where the mask is 0 nothing changes, and long runs make vector code.
  const std::span<const std::uint8_t> mask = lay_coverage(glyph, part);
  const PixelRun out = row(part.first_row);
  if (foreground.kind == PatternKind::kSolid) {
    for (std::size_t c = 0; c < out.rgb.size(); ++c) {
      blend_solid(solid_byte(foreground.rgb[c]), mask.data(), mask.size(), out.rgb[c]);
    }
    return;
  }
  lay_source(foreground, part, fonts::intersection(glyph.extent, glyph.reach));
  cover(mask.data(), mask.size(), source_[3].data());
  for (std::size_t c = 0; c < out.rgb.size(); ++c) {
    blend(source_[c].data(), mask.data(), source_[3].data(), mask.size(), out.rgb[c]);
  }
}

fonts::PixelBox visible_part(const fonts::GlyphBitmap& glyph, int resolution) {
  if (glyph.coverage.empty()) return {};
  const fonts::PixelBox image{0, resolution, 0, resolution};
  const fonts::PixelBox part = fonts::intersection(
      {glyph.left, glyph.left + glyph.width, glyph.top, glyph.top + glyph.height}, image);
  // Cairo clips a glyph to what it takes it to cover if, and only if, that leaves the image or the
  // reach of its face. It matters where an emboldened one, thickened to the right and upwards,
  // leaves its turned box.
  const fonts::PixelBox seen =
      fonts::intersection(glyph.extent, fonts::intersection(glyph.reach, image));
  return seen == glyph.extent ? part : fonts::intersection(part, seen);
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

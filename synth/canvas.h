#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "fonts/glyph_rasterizer.h"
#include "synth/pattern.h"
#include "synth/pictures.h"
#include "synth/ramp.h"
#include "synth/stroke_painter.h"

namespace af::synth {

/// An image being painted: premultiplied 8-bit planes [resolution, resolution], as Cairo's surface
/// has them. Reused from image to image, so that none allocates.
class Canvas {
 public:
  /// @param pictures  What image patterns are crops of.
  explicit Canvas(int resolution, Pictures pictures = {});

  /// An empty one of the same size and pictures, for another thread.
  [[nodiscard]] Canvas sibling() const { return Canvas(resolution_, pictures_.sibling()); }

  [[nodiscard]] int resolution() const noexcept { return resolution_; }
  [[nodiscard]] std::span<const std::uint8_t> plane(std::size_t channel) const {
    return planes_[channel];
  }

  /// Replaces everything by the pattern over transparent black.
  void fill(const Pattern& background);
  /// Paints the pattern through the glyph's coverage m; a is the pattern's alpha, 255 if opaque:
  ///   out = min(255, d(fg m) + d(out (255 - d(a m)))),  d(x) = (x + 128 + ((x + 128) >> 8)) >> 8.
  /// @param foreground  Any kind but multi, which Synbols cannot paint through a glyph either.
  void paint(const Pattern& foreground, const fonts::GlyphBitmap& glyph);

 private:
  [[nodiscard]] PixelRun row(int y);
  [[nodiscard]] PixelRun source_box();
  [[nodiscard]] fonts::PixelBox whole() const;
  void fill_solid(const Rgb& rgb);
  void fill_gradient(const Gradient& gradient);
  void paint_gradient(const Gradient& gradient, const fonts::PixelBox& box,
                      const fonts::PixelBox& extent, const PixelRun& out);
  void paint_strokes(const Pattern& pattern, const fonts::PixelBox& box, const PixelRun& out);
  void lay_over(const Gradient& gradient);
  std::span<const std::uint8_t> lay_coverage(const fonts::GlyphBitmap& glyph,
                                             const fonts::PixelBox& box);
  void lay_source(const Pattern& pattern, const fonts::PixelBox& box,
                  const fonts::PixelBox& extent);

  int resolution_;
  std::array<std::vector<std::uint8_t>, 3> planes_;
  std::vector<std::uint8_t> alpha_;                  ///< Only while layers are laid over.
  std::array<std::vector<std::uint8_t>, 4> source_;  ///< A pattern, as much as is needed.
  std::vector<std::uint8_t> coverage_;               ///< Of a glyph, in the rows that it touches.
  std::vector<std::int32_t> positions_;              ///< Along a gradient.
  StrokePainter strokes_;
  Pictures pictures_;
};

/// The part of a glyph's bitmap that lies in an image.
[[nodiscard]] fonts::PixelBox visible_part(const fonts::GlyphBitmap& glyph, int resolution);

/// Coverage of the glyph at image row `y`, from the first visible column on.
[[nodiscard]] std::span<const std::uint8_t> coverage_row(const fonts::GlyphBitmap& glyph,
                                                         const fonts::PixelBox& part, int y);

/// Writes a glyph's coverage into one layer of a mask [resolution, resolution, layers].
void write_mask(const fonts::GlyphBitmap& glyph, int resolution, std::size_t layer,
                std::size_t layers, std::span<std::uint8_t> mask);

}  // namespace af::synth

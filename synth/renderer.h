#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "fonts/glyph_rasterizer.h"
#include "synth/canvas.h"
#include "synth/image_format.h"
#include "synth/scene.h"
#include "synth/vocabulary.h"

namespace af::synth {

/// Draws scenes: the one way from attributes to pixels. Not thread-safe: one for each thread.
/// What it returns depends on the scene alone, whatever was drawn before.
class Renderer {
 public:
  /// @param vocabulary  What the codes of scenes stand for.
  Renderer(ImageFormat format, const Vocabulary& vocabulary);

  /// One for another thread: the same pixels, and glyph outlines are kept together.
  [[nodiscard]] Renderer sibling() const { return {format_, glyphs_.sibling(), canvas_.sibling()}; }

  /// @param image  [resolution, resolution, channels]
  /// @param mask   [resolution, resolution, mask_layers]
  /// @throws InputError if a glyph cannot be drawn.
  void draw(const Scene& scene, std::span<std::uint8_t> image, std::span<std::uint8_t> mask);

 private:
  Renderer(ImageFormat format, fonts::GlyphRasterizer glyphs, Canvas canvas)
      : format_(format), glyphs_(std::move(glyphs)), canvas_(std::move(canvas)) {}

  ImageFormat format_;
  fonts::GlyphRasterizer glyphs_;
  Canvas canvas_;
};

}  // namespace af::synth

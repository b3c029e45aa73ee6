#include "synth/renderer.h"

#include <algorithm>

#include "synth/tone.h"

namespace af::synth {

Renderer::Renderer(ImageFormat format, std::span<const fonts::FaceFile> faces)
    : format_(format), glyphs_(faces), canvas_(format.resolution) {}

void Renderer::draw(const Scene& scene, std::span<std::uint8_t> image,
                    std::span<std::uint8_t> mask) {
  const std::size_t layers = mask.size() / format_.pixels();
  std::ranges::fill(mask, std::uint8_t{0});
  canvas_.fill(scene.background);
  for (std::size_t i = 0; i < scene.symbols.size(); ++i) {
    const Symbol& symbol = scene.symbols[i];
    const fonts::GlyphBitmap glyph =
        glyphs_.draw(symbol.face, symbol.character, symbol.pose, format_.resolution);
    canvas_.paint(symbol.foreground, glyph);
    if (i < layers) write_mask(glyph, format_.resolution, i, layers, mask);
  }
  finish(canvas_, scene, format_.channels, image);
}

}  // namespace af::synth

#include "synth/renderer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "fonts/characters.h"
#include "synth/tone.h"

namespace af::synth {

namespace {

/// More would be hinted for nothing, and push others out of the cache.
constexpr std::size_t kMostExpected = 8;

}  // namespace

Renderer::Renderer(ImageFormat format, const Vocabulary& vocabulary)
    : format_(format), glyphs_(vocabulary.faces), canvas_(format.resolution) {
  if (vocabulary.chars.size() > kMostExpected) return;
  std::vector<char32_t> characters;
  for (const std::string& text : vocabulary.chars) {
    if (const auto character = fonts::code_point(text)) characters.push_back(*character);
  }
  glyphs_.expect(characters);
}

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

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
constexpr std::uint8_t kLeastFlatCoverage = 3;

/// Writes a symbol's number wherever it covers more than next to nothing.
void write_number(const fonts::GlyphBitmap& glyph, int resolution, std::size_t number,
                  std::span<std::uint8_t> mask) {
  const fonts::PixelBox part = visible_part(glyph, resolution);
  for (int y = part.first_row; y < part.last_row; ++y) {
    std::uint8_t* out = mask.data() +
                        static_cast<std::size_t>(y) * static_cast<std::size_t>(resolution) +
                        static_cast<std::size_t>(part.first_column);
    for (const std::uint8_t coverage : coverage_row(glyph, part, y)) {
      if (coverage >= kLeastFlatCoverage) *out = static_cast<std::uint8_t>(number);
      ++out;
    }
  }
}

}  // namespace

Renderer::Renderer(ImageFormat format, const Vocabulary& vocabulary)
    : format_(format),
      glyphs_(vocabulary.faces),
      canvas_(format.resolution, Pictures(vocabulary.image_folder, vocabulary.images)) {
  if (vocabulary.chars.size() > kMostExpected) return;
  std::vector<char32_t> characters;
  for (const std::string& text : vocabulary.chars) {
    if (const auto character = fonts::code_point(text)) characters.push_back(*character);
  }
  glyphs_.expect(characters);
}

void Renderer::draw(const Scene& scene, std::span<std::uint8_t> image,
                    std::span<std::uint8_t> mask) {
  std::ranges::fill(mask, std::uint8_t{0});
  canvas_.fill(scene.background);
  for (std::size_t i = 0; i < scene.symbols.size(); ++i) {
    const Symbol& symbol = scene.symbols[i];
    const fonts::GlyphBitmap glyph =
        glyphs_.draw(symbol.face, symbol.character, symbol.pose, format_.resolution);
    canvas_.paint(symbol.foreground, glyph);
    if (format_.masks == MaskKind::kFlat) {
      write_number(glyph, format_.resolution, i + 1, mask);
    } else if (i < format_.mask_layers) {
      write_mask(glyph, format_.resolution, i, format_.mask_layers, mask);
    }
  }
  finish(canvas_, scene, format_.channels, image);
}

}  // namespace af::synth

#include "synth/font_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/errors.h"
#include "fonts/characters.h"
#include "fonts/glyph_rasterizer.h"
#include "synth/factors.h"

namespace af::synth {
namespace {

/// Synbols asks for Arial, which fontconfig answers with this family.
constexpr const char* kOcclusionFont = "DejaVu Sans";

void require(const fonts::FaceFile& face, const std::vector<std::string>& characters) {
  fonts::GlyphRasterizer glyphs(std::span(&face, 1), 0);
  for (const std::string& text : characters) {
    const char32_t character = *fonts::code_point(text);
    if (glyphs.has(0, character)) continue;
    throw ConfigError(
        fmt::format("the font {} lacks the character {}", face.name(), fonts::named(character)));
  }
}

}  // namespace

FontChoice choose_fonts(const DatasetConfig& config, const fonts::FontCatalogue& fonts,
                        Vocabulary& vocabulary) {
  const auto face = [&](const std::string& family, fonts::Weight weight) {
    return code_of(vocabulary.faces, fonts.resolve(family, weight));
  };
  FontChoice choice;
  vocabulary.fonts = config.fonts;
  for (const std::string& family : config.fonts) {
    choice.families.push_back(
        {face(family, fonts::Weight::kNormal), face(family, fonts::Weight::kBold)});
  }
  for (const fonts::FaceFile& file : vocabulary.faces) require(file, config.chars);
  if (config.occlusions == 0) return choice;
  choice.occlusion_font = code_of(vocabulary.fonts, std::string(kOcclusionFont));
  choice.occlusion_face = face(kOcclusionFont, fonts::Weight::kNormal);
  vocabulary.layer_chars.assign(factors::kOcclusionShapes.begin(), factors::kOcclusionShapes.end());
  require(vocabulary.faces[choice.occlusion_face], vocabulary.layer_chars);
  return choice;
}

}  // namespace af::synth

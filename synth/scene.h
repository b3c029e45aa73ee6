#pragma once

#include <cstdint>
#include <vector>

#include "fonts/glyph_transform.h"
#include "synth/pattern.h"

namespace af::synth {

/// One glyph of an image. Codes count in the vocabularies of the data set (synth/vocabulary.h).
struct Symbol {
  char32_t character = U'?';
  std::uint16_t char_code = 0;
  std::uint16_t font_code = 0;  ///< Family.
  std::uint16_t face = 0;       ///< Font file.
  bool bold = false;            ///< As asked for; `face` says what came of it.
  fonts::GlyphPose pose;
  Pattern foreground;
};

/// Everything an image depends on.
struct Scene {
  std::vector<Symbol> symbols;  ///< In drawing order.
  Pattern background;
  bool inverse = false;        ///< Each value v becomes 1 - v.
  bool max_contrast = false;   ///< Values are stretched to span [0, 1].
  double noise_scale = 0.0;    ///< Standard deviation of the pixel noise; 1 is the whole range.
  std::int64_t noise_key = 0;  ///< Equal keys give equal noise.
};

}  // namespace af::synth

#include "synth/row.h"

#include <algorithm>

namespace af::synth {

void PatternRoom::fit(PatternKind kind, std::size_t most_gradients) {
  // A multi of one gradient would else look like a pattern whose kind says what gradient it is.
  const std::size_t least = kind == PatternKind::kMulti ? 2 : 0;
  gradients = std::max({gradients, most_gradients, least});
  camouflage = camouflage || kind == PatternKind::kCamouflage;
  images = images || kind == PatternKind::kImage;
}

void PatternRoom::fit(const Pattern& pattern) {
  if (!pattern.strokes.empty()) {
    strokes = std::max(strokes, pattern.strokes.size());
  } else {
    fit(pattern.kind, pattern.gradient_count);
  }
}

}  // namespace af::synth

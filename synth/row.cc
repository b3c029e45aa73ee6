#include "synth/row.h"

#include <algorithm>

namespace af::synth {

void PatternRoom::fit(const Pattern& pattern) {
  gradients = std::max<std::size_t>(gradients, pattern.gradient_count);
  strokes = std::max(strokes, pattern.strokes.size());
  camouflage = camouflage || (pattern.kind == PatternKind::kCamouflage && pattern.strokes.empty());
}

}  // namespace af::synth

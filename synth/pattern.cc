#include "synth/pattern.h"

namespace af::synth {

Pattern solid(const Rgb& rgb) {
  Pattern pattern;
  pattern.kind = PatternKind::kSolid;
  pattern.rgb = rgb;
  return pattern;
}

Pattern single(const Gradient& gradient) {
  Pattern pattern;
  pattern.kind =
      gradient.kind == GradientKind::kLinear ? PatternKind::kLinear : PatternKind::kRadial;
  pattern.gradient_count = 1;
  pattern.gradients[0] = gradient;
  return pattern;
}

}  // namespace af::synth

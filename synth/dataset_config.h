#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/config.h"
#include "synth/bias.h"

namespace af::synth {

/// How a bias is realised.
enum class Draws {
  kIid,    ///< Every row draws its cell on its own.
  kQuota,  ///< Every cell has exactly the count that it should.
};
constexpr auto enum_names(Draws) {
  return std::array{std::pair{Draws::kIid, "iid"}, std::pair{Draws::kQuota, "quota"}};
}

/// What a data set is: equal configurations give equal files. The defaults are the reference
/// experiment's training set; factors that are no field follow Synbols' defaults (synth/factors.h).
struct DatasetConfig {
  double p = 0.9;
  std::int64_t n = 10000;
  std::int64_t seed = 0;
  std::vector<std::string> chars{"a", "d"};
  std::vector<std::string> colors{"blue", "red"};
  Draws draws = Draws::kIid;
  std::int64_t size = 64;
  std::int64_t occlusions = 0;
  double occlusion_scale = 0.4;
  double noise = 0.01;
  std::vector<std::string> fonts{"DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"};
  std::optional<std::vector<std::string>> font_dir;

  /// @throws ConfigError that names field, value and constraint.
  void validate() const;
  [[nodiscard]] BiasTable bias() const { return tied_pairs(chars, colors, p); }
};

template <class Visitor>
void describe(Visitor& visitor, DatasetConfig& config) {
  visitor.field("p", config.p, "P(char | color) of the tied pairs, in [0, 1]");
  visitor.field("n", config.n, "Images");
  visitor.field("seed", config.seed, "Equal seeds give equal files");
  visitor.field("chars", config.chars, "Characters; color j is tied to character j");
  visitor.field("colors", config.colors, "Colors of the characters, by their names in CSS");
  visitor.field("draws", config.draws, "Independent draws, or exact counts for every cell");
  visitor.field("size", config.size, "Side of an image in pixels");
  visitor.field("occlusions", config.occlusions, "Shapes drawn over each character");
  visitor.field("occlusion_scale", config.occlusion_scale,
                "Longer side of such a shape, as a share of the image");
  visitor.field("noise", config.noise,
                "Standard deviation of the pixel noise; 1 is the whole range");
  visitor.field(
      "fonts", config.fonts,
      "Font families, equally frequent; '*Sans*' stands for all that draw the characters");
  visitor.field("font_dir", config.font_dir, "Folders of further fonts");
}

}  // namespace af::synth

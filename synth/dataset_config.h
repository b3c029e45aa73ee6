#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/config.h"
#include "synth/bias.h"
#include "synth/bias_tables.h"
#include "synth/distribution.h"
#include "synth/image_format.h"
#include "synth/split_rule.h"

namespace af::synth {

/// How colour and character are tied if no table says it.
enum class Bias {
  kSpurious,  ///< Colour j to character j: `tied_pairs`.
  kMinority,  ///< The last colour is rare: `rare_color`.
  kNone,      ///< Not at all; every level equally frequent.
};
constexpr auto enum_names(Bias) {
  return std::array{std::pair{Bias::kSpurious, "spurious"}, std::pair{Bias::kMinority, "minority"},
                    std::pair{Bias::kNone, "none"}};
}

/// How often each of several languages is drawn.
enum class LanguageShares {
  kEqual,    ///< Equally often.
  kLetters,  ///< By their letters: every letter of every language equally often.
  kFonts,    ///< By their fonts.
  kBoth,     ///< By the mean of both.
};
constexpr auto enum_names(LanguageShares) {
  return std::array{
      std::pair{LanguageShares::kEqual, "equal"}, std::pair{LanguageShares::kLetters, "letters"},
      std::pair{LanguageShares::kFonts, "fonts"}, std::pair{LanguageShares::kBoth, "both"}};
}

/// How a bias is realised.
enum class Draws {
  kIid,    ///< Every row draws its cell on its own.
  kQuota,  ///< Every cell has exactly the count that it should.
};
constexpr auto enum_names(Draws) {
  return std::array{std::pair{Draws::kIid, "iid"}, std::pair{Draws::kQuota, "quota"}};
}

/// What a data set is: equal configurations give equal files. The defaults are the reference
/// experiment's training set, and Synbols' own where that says nothing.
struct DatasetConfig {
  double p = 0.9;
  std::int64_t n = 10000;
  std::int64_t seed = 0;
  std::vector<std::string> chars{"a", "d"};
  std::vector<std::string> languages;
  std::int64_t language_letters = 200;
  LanguageShares language_shares = LanguageShares::kEqual;
  std::vector<std::string> colors{"blue", "red"};
  Bias bias = Bias::kSpurious;
  Draws draws = Draws::kIid;
  std::int64_t size = 64;
  bool grey = false;
  std::vector<std::string> fonts{"DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"};
  std::optional<std::vector<std::string>> font_dir;

  Distribution symbols = 1.0;
  Distribution scale = Distribution::parse("lognormal(0.6, 0.2)");
  Distribution rotation = Distribution::parse("normal(0, 0.3)");
  Distribution translation_x = Distribution::parse("uniform(-0.9, 0.9)");
  Distribution translation_y = Distribution::parse("uniform(-0.9, 0.9)");
  Choice missing = "false";
  Choice bold = Choice::parse("categorical(false, true)");
  Choice slant = Choice::parse("categorical(false, true)");

  Choice foreground = "solid";
  Choice background = Choice::parse("categorical(linear, radial)");
  std::vector<std::string> background_colors;
  std::int64_t multi_gradients = 2;
  double multi_opacity = 0.5;
  std::int64_t strokes = 500;
  double stroke_length = 0.4;
  double stroke_width = 0.05;
  double stroke_noise = 0.02;
  Distribution foreground_stroke_angle = 0.7853981633974483;
  Distribution background_stroke_angle = 0.7853981633974483;
  std::string images;
  double image_crop = 0.2;

  Choice inverse = "false";  // True would turn a blue character into a yellow one.
  Choice max_contrast = "true";
  Distribution noise = 0.01;

  Distribution occlusions = 0.0;
  Distribution occlusion_scale = 0.4;
  Distribution occlusion_rotation = Distribution::parse("uniform(0, 6.283185307179586)");
  Distribution occlusion_translation_x = Distribution::parse("uniform(-1.5, 1.5)");
  Distribution occlusion_translation_y = Distribution::parse("uniform(-1.5, 1.5)");
  Choice occlusion_shape = Choice::parse("categorical(■, ▲, ●)");
  Choice occlusion_foreground = Choice::parse("categorical(linear, radial)");

  SplitRule split;
  MaskKind masks = MaskKind::kFirst;
  BiasTables table;

  /// @throws ConfigError that names field, value and constraint.
  void validate() const;
  /// Every factor that a table can tie, with its levels.
  [[nodiscard]] std::vector<CategoricalFactor> categorical_factors() const;
  /// The joint distribution of the tied factors; character and, if there are any, colour are always
  /// among them. @throws ConfigError if the table cannot be used.
  [[nodiscard]] JointTable joint() const;
  /// Whether a pattern can be a picture.
  [[nodiscard]] bool needs_images() const;
  /// Takes a table, and its characters, colours and fonts for those of the configuration.
  void take_table(const BiasTables& tables);
};

template <class Visitor>
void describe(Visitor& visitor, DatasetConfig& config) {
  visitor.field("p", config.p, "P(char | color) of the tied pairs, in [0, 1]; see --bias");
  visitor.field("n", config.n, "Images");
  visitor.field("seed", config.seed, "Equal seeds give equal files");
  visitor.field("chars", config.chars, "Characters; color j is tied to character j");
  visitor.field("languages", config.languages,
                "Languages to draw characters and fonts from, such as greek or german:lower,upper");
  visitor.field("language_letters", config.language_letters,
                "Most letters of each of them, its first ones");
  visitor.field("language_shares", config.language_shares,
                "How often each of them is drawn; a table goes over it");
  visitor.field("colors", config.colors,
                "Colors of solid characters, by their names in CSS or as #rrggbb; none: any color");
  visitor.field(
      "bias", config.bias,
      "Color j tied to character j, the last color rare, or no bias; a table goes over it");
  visitor.field("draws", config.draws, "Independent draws, or exact counts for every cell");
  visitor.field("size", config.size, "Side of an image in pixels");
  visitor.field("grey", config.grey, "One channel, the mean of three");
  visitor.field(
      "fonts", config.fonts,
      "Font families, equally frequent; '*Sans*' stands for all that draw the characters");
  visitor.field("symbols", config.symbols, "Characters in an image");
  visitor.field("scale", config.scale, "Longer side of a character, as a share of the image");
  visitor.field("rotation", config.rotation, "Radians, clockwise");
  visitor.field("translation_x", config.translation_x,
                "-1: at the left border, 1: at the right one; beyond: partly outside");
  visitor.field("translation_y", config.translation_y, "-1: at the upper border, 1: at the lower");
  visitor.field("missing", config.missing, "Characters that lie outside of their image");
  visitor.field("bold", config.bold, "Bold faces, where a family has one");
  visitor.field("slant", config.slant, "Characters slanted by 0.2");
  visitor.field(
      "foreground", config.foreground,
      "What characters are painted with: none, solid, linear, radial, camouflage or image");
  visitor.field("background", config.background,
                "What lies behind them: none, solid, linear, radial, multi, camouflage or image");
  visitor.field("background_colors", config.background_colors,
                "Of a solid background, equally frequent; none: any color");
  visitor.field("multi_gradients", config.multi_gradients, "Gradients over one another in a multi");
  visitor.field("multi_opacity", config.multi_opacity, "Of each of them");
  visitor.field("strokes", config.strokes, "Strokes of a camouflage");
  visitor.field("stroke_length", config.stroke_length, "As a share of the image");
  visitor.field("stroke_width", config.stroke_width, "As a share of the image");
  visitor.field("stroke_noise", config.stroke_noise, "Standard deviation of a stroke's end");
  visitor.field("foreground_stroke_angle", config.foreground_stroke_angle, "Radians, clockwise");
  visitor.field("background_stroke_angle", config.background_stroke_angle, "Radians, clockwise");
  visitor.field("images", config.images, "Folder of pictures that images are crops of");
  visitor.field("image_crop", config.image_crop, "Least share of a picture's side in a crop");
  visitor.field("inverse", config.inverse, "Images whose values v become 1 - v");
  visitor.field("max_contrast", config.max_contrast, "Images stretched to the whole range");
  visitor.field("noise", config.noise,
                "Standard deviation of the pixel noise; 1 is the whole range");
  visitor.field("font_dir", config.font_dir, "Folders of further fonts");
  visitor.field("occlusions", config.occlusions, "Shapes drawn over the characters");
  visitor.field("occlusion_scale", config.occlusion_scale,
                "Longer side of such a shape, as a share of the image");
  visitor.field("occlusion_rotation", config.occlusion_rotation, "Radians, clockwise");
  visitor.field("occlusion_translation_x", config.occlusion_translation_x, "As of a character");
  visitor.field("occlusion_translation_y", config.occlusion_translation_y, "As of a character");
  visitor.field("occlusion_shape", config.occlusion_shape, "Of ■, ▲ and ●");
  visitor.field("occlusion_foreground", config.occlusion_foreground,
                "What they are painted with: as of a character");
  visitor.field("split", config.split,
                "Which rows are for training, validation and test, such as random(0.6, 0.2, 0.2)");
  visitor.field(
      "masks", config.masks,
      "Coverage of the first character; of each in a layer; or the number of the last one "
      "over each pixel");
  visitor.field("table", config.table, "Joint distribution of categorical factors");
}

}  // namespace af::synth

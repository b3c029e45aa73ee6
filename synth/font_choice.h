#pragma once

#include <cstdint>
#include <vector>

#include "fonts/font_catalogue.h"
#include "synth/dataset_config.h"
#include "synth/vocabulary.h"

namespace af::synth {

/// Codes of the fonts that rows are drawn from.
struct FontChoice {
  /// The faces of one family; the same one twice if it has no bold face.
  struct Family {
    std::uint16_t normal = 0;
    std::uint16_t bold = 0;
  };
  std::vector<Family> families;  ///< In the order of the configuration.
  /// Positions of the families that draw a language: [languages][families of it].
  std::vector<std::vector<std::uint16_t>> of_language;
  std::uint16_t occlusion_font = 0;  ///< Family of the occlusions.
  std::uint16_t occlusion_face = 0;
};

/// The configuration with each pattern among its fonts replaced by the families that fit it,
/// sorted: those whose upright faces, normal and bold, are usable and draw every character
/// (fonts/font_survey.h). A family named in full stays, whatever it draws.
/// @throws ConfigError if no family fits a pattern, or none that does draws the characters.
[[nodiscard]] DatasetConfig with_families(const DatasetConfig& config);

/// The fonts that a configuration is drawn with. @throws ConfigError, InputError
[[nodiscard]] fonts::FontCatalogue catalogue_of(const DatasetConfig& config);

/// Finds the configured families and, if there are occlusions, the one that draws them, and adds
/// their names and files to the vocabulary, and the occlusions' characters.
/// @throws ConfigError if a family is not installed, or a face lacks a character or draws nothing
///         for it; the sentence names both.
[[nodiscard]] FontChoice choose_fonts(const DatasetConfig& config,
                                      const fonts::FontCatalogue& fonts, Vocabulary& vocabulary);

}  // namespace af::synth

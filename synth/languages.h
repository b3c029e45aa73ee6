#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fonts/font_catalogue.h"
#include "synth/dataset_config.h"

/// Rows of several languages: a language, then one of its letters and, independently, one of the
/// fonts that draw all of its letters. A letter that two languages share is drawn for either.
namespace af::synth {

/// Of each configured language the letters that rows draw, in the language's order: at most
/// `config.language_letters` of them. @throws ConfigError if there is no such language.
[[nodiscard]] std::vector<std::vector<std::string>> language_letters(const DatasetConfig& config);

/// The languages' names: "german" of "german:lower,upper".
[[nodiscard]] std::vector<std::string> language_names(const DatasetConfig& config);

/// All their letters, each once.
[[nodiscard]] std::vector<std::string> all_language_letters(const DatasetConfig& config);

/// The joint distribution of language, letter and what the configuration's table ties.
/// @throws ConfigError if the table cannot be used.
[[nodiscard]] JointTable language_joint(const DatasetConfig& config);

/// The configuration with its patterns replaced by the families that draw a language, its
/// characters by the languages' letters, and, unless its table says it, with P(language).
/// @throws ConfigError if no family draws one of the languages.
[[nodiscard]] DatasetConfig with_languages(const DatasetConfig& config,
                                           const fonts::FontCatalogue& catalogue);

/// Positions of the families that draw all letters of a language, upright, normal and bold:
/// [languages][families of it]. What a face draws wrongly (fonts/face_check.h) it does not draw.
/// @throws ConfigError if a family is not installed, draws none of the languages, or a language has
///         no family.
[[nodiscard]] std::vector<std::vector<std::uint16_t>> language_families(
    const DatasetConfig& config, const fonts::FontCatalogue& catalogue);

}  // namespace af::synth

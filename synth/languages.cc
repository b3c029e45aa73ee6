#include "synth/languages.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/errors.h"
#include "fonts/alphabet.h"
#include "fonts/characters.h"
#include "fonts/family_pattern.h"
#include "fonts/font_report.h"
#include "fonts/font_survey.h"
#include "synth/vocabulary.h"

namespace af::synth {
namespace {

constexpr std::size_t kMostFonts = 200;  ///< Of a language that count for its share, as in Synbols.

std::vector<std::u32string> letters_of(const DatasetConfig& config) {
  std::vector<std::u32string> letters;
  for (const std::string& language : config.languages) {
    const auto most = static_cast<std::size_t>(config.language_letters);
    letters.push_back(fonts::letters(language).substr(0, most));
  }
  return letters;
}

/// Which languages each family draws: [families][languages].
using Drawn = std::vector<std::vector<bool>>;

bool draws(const fonts::FaceRecord& record, const std::u32string& letters) {
  return record.usable() && std::ranges::all_of(letters, [&](char32_t letter) {
           return std::ranges::binary_search(record.check.drawn, letter);
         });
}

Drawn drawn_languages(const fonts::FontCatalogue& catalogue,
                      const std::vector<std::string>& families,
                      const std::vector<std::u32string>& letters) {
  std::vector<fonts::ListedFace> faces;
  for (const std::string& family : families) {
    for (const auto weight : {fonts::Weight::kNormal, fonts::Weight::kBold}) {
      faces.push_back({catalogue.resolve(family, weight).plain(), family, {}, {}});
    }
  }
  const auto records = fonts::survey_fonts(catalogue, faces, {fonts::default_font_cache()});
  Drawn drawn;
  for (std::size_t f = 0; f < families.size(); ++f) {
    std::vector<bool>& row = drawn.emplace_back();
    for (const std::u32string& language : letters) {
      row.push_back(draws(records[2 * f], language) && draws(records[2 * f + 1], language));
    }
  }
  return drawn;
}

/// The families that a pattern fits and that have an upright face by that name.
std::vector<std::string> candidates(const fonts::FontCatalogue& catalogue,
                                    const std::string& pattern) {
  std::set<std::string> families;
  for (const fonts::ListedFace& face : fonts::fitting(catalogue.faces(), {{pattern}, {}})) {
    if (face.slant == "roman") families.insert(face.family);
  }
  return {families.begin(), families.end()};
}

std::vector<std::string> with_patterns_replaced(const DatasetConfig& config,
                                                const fonts::FontCatalogue& catalogue) {
  const std::vector<std::u32string> letters = letters_of(config);
  std::vector<std::string> families;
  for (const std::string& name : config.fonts) {
    if (!fonts::is_pattern(name)) {
      (void)code_of(families, name);
      continue;
    }
    const std::vector<std::string> fitting = candidates(catalogue, name);
    const Drawn drawn = drawn_languages(catalogue, fitting, letters);
    for (std::size_t f = 0; f < fitting.size(); ++f) {
      if (std::ranges::count(drawn[f], true) > 0) (void)code_of(families, fitting[f]);
    }
  }
  return families;
}

/// P(language), from how many letters and fonts each has.
Shares shares(const DatasetConfig& config,
              const std::vector<std::vector<std::uint16_t>>& families) {
  const std::vector<std::u32string> letters = letters_of(config);
  const std::vector<std::string> names = language_names(config);
  double all_letters = 0.0;
  double all_fonts = 0.0;
  std::vector<double> fonts;
  for (std::size_t l = 0; l < names.size(); ++l) {
    fonts.push_back(static_cast<double>(std::min(families[l].size(), kMostFonts)));
    all_letters += static_cast<double>(letters[l].size());
    all_fonts += fonts.back();
  }
  Shares found;
  for (std::size_t l = 0; l < names.size(); ++l) {
    const double by_letters = static_cast<double>(letters[l].size()) / all_letters;
    const double by_fonts = fonts[l] / all_fonts;
    switch (config.language_shares) {
      case LanguageShares::kEqual: found[names[l]] = 1.0 / static_cast<double>(names.size()); break;
      case LanguageShares::kLetters: found[names[l]] = by_letters; break;
      case LanguageShares::kFonts: found[names[l]] = by_fonts; break;
      case LanguageShares::kBoth: found[names[l]] = 0.5 * (by_letters + by_fonts); break;
    }
  }
  return found;
}

}  // namespace

std::vector<std::vector<std::string>> language_letters(const DatasetConfig& config) {
  std::vector<std::vector<std::string>> found;
  for (const std::u32string& letters : letters_of(config)) {
    auto& texts = found.emplace_back();
    for (const char32_t letter : letters) texts.push_back(fonts::to_utf8(letter));
  }
  return found;
}

std::vector<std::string> language_names(const DatasetConfig& config) {
  std::vector<std::string> names;
  for (const std::string& language : config.languages) {
    names.push_back(language.substr(0, language.find(':')));
  }
  return names;
}

std::vector<std::string> all_language_letters(const DatasetConfig& config) {
  std::vector<std::string> all;
  std::set<char32_t> seen;
  for (const std::u32string& letters : letters_of(config)) {
    for (const char32_t letter : letters) {
      if (seen.insert(letter).second) all.push_back(fonts::to_utf8(letter));
    }
  }
  return all;
}

JointTable language_joint(const DatasetConfig& config) {
  const std::vector<std::string> names = language_names(config);
  BiasTables tables = config.table;
  BiasTables::Table& letters = tables.factors["char"];
  letters.given = {"language"};
  const auto of_language = language_letters(config);
  for (std::size_t l = 0; l < names.size(); ++l) {
    for (const std::string& letter : of_language[l]) {
      letters.rows[names[l]][letter] = 1.0 / static_cast<double>(of_language[l].size());
    }
  }
  std::vector<std::string> always{"language", "char"};
  if (!config.colors.empty()) always.emplace_back("color");
  if (config.bias == Bias::kMinority && !tables.factors.contains("color")) {
    const BiasTables rare = tables_of(rare_color(config.chars, config.colors, config.p));
    tables.factors["color"] = rare.factors.at("color");
  }
  return joint_table(tables, config.categorical_factors(), always);
}

DatasetConfig with_languages(const DatasetConfig& config, const fonts::FontCatalogue& catalogue) {
  DatasetConfig resolved = config;
  resolved.chars = all_language_letters(config);
  resolved.fonts = with_patterns_replaced(config, catalogue);
  const auto families = language_families(resolved, catalogue);
  if (!resolved.table.factors.contains("language")) {
    resolved.table.factors["language"].rows[""] = shares(resolved, families);
  }
  return resolved;
}

std::vector<std::vector<std::uint16_t>> language_families(const DatasetConfig& config,
                                                          const fonts::FontCatalogue& catalogue) {
  const std::vector<std::u32string> letters = letters_of(config);
  const Drawn drawn = drawn_languages(catalogue, config.fonts, letters);
  for (std::size_t f = 0; f < drawn.size(); ++f) {
    if (std::ranges::count(drawn[f], true) > 0) continue;
    throw ConfigError(
        fmt::format("the family '{}' draws all letters of none of the languages", config.fonts[f]));
  }
  std::vector<std::vector<std::uint16_t>> families(letters.size());
  for (std::size_t l = 0; l < letters.size(); ++l) {
    for (std::size_t f = 0; f < drawn.size(); ++f) {
      if (drawn[f][l]) families[l].push_back(static_cast<std::uint16_t>(f));
    }
    if (!families[l].empty()) continue;
    throw ConfigError(
        fmt::format("none of the fonts draws all letters of {}; expected one that "
                    "'afgen fonts --language {}' lists",
                    config.languages[l], language_names(config)[l]));
  }
  return families;
}

}  // namespace af::synth

#include "synth/font_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "core/errors.h"
#include "fonts/characters.h"
#include "fonts/face_check.h"
#include "fonts/family_pattern.h"
#include "fonts/font_report.h"
#include "fonts/font_survey.h"
#include "synth/factors.h"
#include "synth/languages.h"

namespace af::synth {
namespace {

/// Synbols asks for Arial, which fontconfig answers with this family.
constexpr const char* kOcclusionFont = "DejaVu Sans";

std::u32string code_points(const std::vector<std::string>& characters) {
  std::u32string found;
  for (const std::string& text : characters) found += fonts::code_point(text).value();
  return found;
}

void require(const fonts::FaceFile& face, const std::vector<std::string>& characters) {
  if (const auto why = fonts::why_not_drawn(face, code_points(characters))) {
    throw ConfigError(fmt::format("the font {} {}", face.name(), *why));
  }
}

/// Decides which families a pattern stands for.
class FamilyMatcher {
 public:
  explicit FamilyMatcher(const DatasetConfig& config)
      : catalogue_(catalogue_of(config)), characters_(code_points(config.chars)) {}

  [[nodiscard]] std::vector<std::string> families(const std::string& pattern) const {
    const std::vector<fonts::FaceRecord> records =
        fonts::survey_fonts(catalogue_, fonts::fitting(catalogue_.faces(), {{pattern}, {}}),
                            {fonts::default_font_cache()});
    std::set<std::string> fitting;
    for (const fonts::FaceRecord& record : records) fitting.insert(record.face.family);
    std::vector<std::string> found;
    std::string why;
    for (const std::string& family : fitting) {
      const auto reason = why_not(family, records);
      if (!reason) found.push_back(family);
      if (reason && why.empty()) why = fmt::format("'{}' {}", family, *reason);
    }
    if (!found.empty()) return found;
    throw ConfigError(fmt::format("no family of the {} that fit '{}' draws all characters; {}",
                                  fitting.size(), pattern, why));
  }

 private:
  [[nodiscard]] std::optional<std::string> why_not(
      const std::string& family, std::span<const fonts::FaceRecord> records) const {
    try {
      for (const auto weight : {fonts::Weight::kNormal, fonts::Weight::kBold}) {
        const fonts::FaceFile file = catalogue_.resolve(family, weight).plain();
        const auto record = std::ranges::find_if(
            records, [&](const fonts::FaceRecord& r) { return r.face.file == file; });
        if (record == records.end()) return "is another family by its first name";
        if (const auto reason = why_not(*record)) return reason;
      }
    } catch (const Error& error) {
      return error.what();
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> why_not(const fonts::FaceRecord& record) const {
    if (!record.usable()) return record.check.left_out;
    for (const char32_t character : characters_) {
      if (const auto reason = record.check.refusal_of(character)) {
        return fmt::format("has not {} as it should: it {}", fonts::named(character), *reason);
      }
    }
    return fonts::why_not_drawn(record.face.file, characters_);
  }

  fonts::FontCatalogue catalogue_;
  std::u32string characters_;
};

}  // namespace

fonts::FontCatalogue catalogue_of(const DatasetConfig& config) {
  return fonts::FontCatalogue(config.font_dir.value_or(std::vector<std::string>{}));
}

DatasetConfig with_families(const DatasetConfig& config) {
  if (!config.languages.empty()) return with_languages(config, catalogue_of(config));
  DatasetConfig resolved = config;
  if (std::ranges::none_of(config.fonts, fonts::is_pattern)) return resolved;
  const FamilyMatcher matcher(config);
  resolved.fonts.clear();
  const auto add = [&](const std::string& family) { (void)code_of(resolved.fonts, family); };
  for (const std::string& name : config.fonts) {
    if (fonts::is_pattern(name)) {
      std::ranges::for_each(matcher.families(name), add);
    } else {
      add(name);
    }
  }
  return resolved;
}

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
  if (config.languages.empty()) {
    for (const fonts::FaceFile& file : vocabulary.faces) require(file, config.chars);
  } else {
    choice.of_language = language_families(config, fonts);
  }
  if (config.occlusions == 0) return choice;
  choice.occlusion_font = code_of(vocabulary.fonts, std::string(kOcclusionFont));
  choice.occlusion_face = face(kOcclusionFont, fonts::Weight::kNormal);
  vocabulary.layer_chars.assign(factors::kOcclusionShapes.begin(), factors::kOcclusionShapes.end());
  require(vocabulary.faces[choice.occlusion_face], vocabulary.layer_chars);
  return choice;
}

}  // namespace af::synth

#include "synth/dataset_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "core/errors.h"
#include "core/text.h"
#include "fonts/characters.h"
#include "fonts/family_pattern.h"
#include "synth/factors.h"
#include "synth/languages.h"
#include "synth/palette.h"
#include "synth/split_assignment.h"

namespace af::synth {
namespace {

constexpr std::int64_t kMostRows = 1'000'000'000;
constexpr std::int64_t kMostLetters = 20'000;
constexpr std::int64_t kLeastSize = 8;
constexpr std::int64_t kMostSize = 512;
constexpr double kMostOcclusions = 20;
constexpr double kMostSymbols = 60;
constexpr double kBytesPerPixel = 4.0;  // Three of the image, one of the mask.

template <class T>
void check_range(std::string_view field, T value, T low, T high) {
  if (value >= low && value <= high) return;  // Not a number is refused, too.
  throw ConfigError(fmt::format("{} is {}; expected {} to {}", field, value, low, high));
}

void check_rows(std::int64_t n, std::int64_t size) {
  if (n > kMostRows) {
    const double side = static_cast<double>(size);
    throw ConfigError(
        fmt::format("n is {}, for which {} would be needed; expected at most {}", n,
                    human_bytes(static_cast<double>(n) * side * side * kBytesPerPixel), kMostRows));
  }
  check_range<std::int64_t>("n", n, 1, kMostRows);
}

void check_list(std::string_view field, const std::vector<std::string>& values) {
  std::set<std::string_view> seen;
  for (const std::string& value : values) {
    if (seen.insert(value).second) continue;
    throw ConfigError(fmt::format("{} holds '{}' twice; expected each once", field, value));
  }
}

void check_filled_list(std::string_view field, const std::vector<std::string>& values) {
  if (values.empty()) throw ConfigError(fmt::format("{} is empty; expected at least one", field));
  check_list(field, values);
}

void check_colors(std::string_view field, const std::vector<std::string>& values) {
  check_list(field, values);
  for (const std::string& name : values) {
    if (named_color(name)) continue;
    throw ConfigError(fmt::format("{} holds '{}'{}; expected #rrggbb or names of CSS: {}", field,
                                  name, did_you_mean(name, color_names()), listed(color_names())));
  }
}

/// Ends of what a distribution may give. A normal's tails beyond them are drawn as the end itself.
void check_support(std::string_view field, const Distribution& values, double low, double high) {
  using Kind = Distribution::Kind;
  auto [least, most] = values.support();
  if (values.kind() == Kind::kNormal || values.kind() == Kind::kLognormal) return;
  if (least >= low && most <= high) return;
  throw ConfigError(fmt::format("{} is {}; expected {} to {}", field, values.text(), low, high));
}

void check_count(std::string_view field, const Distribution& values, double low, double high) {
  if (!values.whole()) {
    throw ConfigError(
        fmt::format("{} is {}; expected whole numbers: one, integers(low, high) or "
                    "categorical(value: weight, ...)",
                    field, values.text()));
  }
  check_support(field, values, low, high);
}

void check_choice(std::string_view field, const Choice& choice,
                  const std::vector<std::string>& allowed) {
  for (const std::string& name : choice.names()) {
    if (std::ranges::find(allowed, name) != allowed.end()) continue;
    throw ConfigError(fmt::format("{} is '{}'{}; expected {}, or a categorical of them", field,
                                  name, did_you_mean(name, allowed), listed(allowed)));
  }
}

std::vector<std::string> flags() { return {"false", "true"}; }

void check_languages(const DatasetConfig& config) {
  check_list("languages", language_names(config));
  check_range<std::int64_t>("language-letters", config.language_letters, 1, kMostLetters);
  if (config.languages.empty()) return;
  if (config.chars != DatasetConfig{}.chars && config.chars != all_language_letters(config)) {
    throw ConfigError(
        "chars and languages both say what characters there are; expected one of them");
  }
  if (config.table.factors.contains("char") || config.table.factors.contains("font")) {
    throw ConfigError(
        "char or font has a table, but they come from the languages; expected a table of language, "
        "or none");
  }
  if (!config.colors.empty() && config.bias == Bias::kSpurious && config.table.empty()) {
    throw ConfigError(
        "bias is spurious, which ties colors to characters, but those come from the languages; "
        "expected minority or none, or no colors");
  }
}

std::vector<std::string> foregrounds() {
  std::vector<std::string> names = names_of<PatternKind>();
  std::erase(names, to_text(PatternKind::kMulti));
  return names;
}

}  // namespace

void DatasetConfig::validate() const {
  check_languages(*this);
  if (!languages.empty() && chars == DatasetConfig{}.chars) {
    DatasetConfig resolved = *this;
    resolved.chars = all_language_letters(*this);
    if (resolved.chars != chars) return resolved.validate();
  }
  check_range("p", p, 0.0, 1.0);
  check_range("size", size, kLeastSize, kMostSize);
  check_rows(n, size);
  check_range<std::int64_t>("seed", seed, 0, INT64_MAX);
  check_filled_list("chars", chars);
  check_colors("colors", colors);
  check_colors("background-colors", background_colors);
  check_filled_list("fonts", fonts);
  for (const std::string& text : chars) {
    if (af::fonts::code_point(text)) continue;
    throw ConfigError(fmt::format("chars holds '{}'; expected single characters", text));
  }
  check_count("symbols", symbols, 1, kMostSymbols);
  check_support("scale", scale, kLeastScale, kMostScale);
  check_support("rotation", rotation, -kMostAngle, kMostAngle);
  check_support("translation-x", translation_x, -kMostTranslation, kMostTranslation);
  check_support("translation-y", translation_y, -kMostTranslation, kMostTranslation);
  check_choice("missing", missing, flags());
  check_choice("bold", bold, flags());
  check_choice("slant", slant, flags());
  check_choice("foreground", foreground, foregrounds());
  check_choice("background", background, names_of<PatternKind>());
  check_range<std::int64_t>("multi-gradients", multi_gradients, 1, kMaxGradients);
  check_range("multi-opacity", multi_opacity, 0.0, 1.0);
  check_range<std::int64_t>("strokes", strokes, 1, kMostStrokes);
  check_range("stroke-length", stroke_length, 0.0, kLongestStroke);
  check_range("stroke-width", stroke_width, 0.0, kWidestStroke);
  check_range("stroke-noise", stroke_noise, 0.0, 1.0);
  check_support("foreground-stroke-angle", foreground_stroke_angle, -kMostAngle, kMostAngle);
  check_support("background-stroke-angle", background_stroke_angle, -kMostAngle, kMostAngle);
  check_range("image-crop", image_crop, 0.01, 1.0);
  check_choice("inverse", inverse, flags());
  check_choice("max-contrast", max_contrast, flags());
  check_support("noise", noise, 0.0, 1.0);
  check_count("occlusions", occlusions, 0, kMostOcclusions);
  check_support("occlusion-scale", occlusion_scale, kLeastScale, kMostOcclusionScale);
  check_support("occlusion-rotation", occlusion_rotation, -kMostAngle, kMostAngle);
  check_support("occlusion-translation-x", occlusion_translation_x, -kMostTranslation,
                kMostTranslation);
  check_support("occlusion-translation-y", occlusion_translation_y, -kMostTranslation,
                kMostTranslation);
  check_choice("occlusion-shape", occlusion_shape,
               {factors::kOcclusionShapes.begin(), factors::kOcclusionShapes.end()});
  check_choice("occlusion-foreground", occlusion_foreground, foregrounds());
  (void)joint();
  // What patterns of families stand for is not known yet.
  if (std::ranges::none_of(fonts, af::fonts::is_pattern)) (void)SplitAssignment(*this);
  if (needs_images() && images.empty()) {
    throw ConfigError("a pattern is 'image', but images is empty; expected a folder of pictures");
  }
}

bool DatasetConfig::needs_images() const {
  const std::string image = to_text(PatternKind::kImage);
  for (const auto& [factor, rows] : table.factors) {
    for (const auto& [row, shares] : rows.rows) {
      const auto share = shares.find(image);
      if (share != shares.end() && share->second > 0.0) return true;
    }
  }
  return (foreground.allows(image) && !table.factors.contains("foreground")) ||
         (background.allows(image) && !table.factors.contains("background")) ||
         (occlusion_foreground.allows(image) && !(occlusions == 0));
}

std::vector<CategoricalFactor> DatasetConfig::categorical_factors() const {
  std::vector<CategoricalFactor> factors;
  if (!languages.empty()) factors.push_back({"language", language_names(*this)});
  if (!colors.empty()) factors.push_back({"color", colors});
  factors.push_back({"char", chars});
  factors.push_back({"font", fonts});
  for (const char* flag : {"bold", "slant", "inverse"}) factors.push_back({flag, flags()});
  factors.push_back({"foreground", foregrounds()});
  factors.push_back({"background", names_of<PatternKind>()});
  return factors;
}

JointTable DatasetConfig::joint() const {
  if (!languages.empty()) return language_joint(*this);
  if (!table.empty()) {
    std::vector<std::string> always{"color", "char"};
    if (colors.empty()) always.erase(always.begin());
    return joint_table(table, categorical_factors(), always);
  }
  if (colors.empty()) return {{marginal("char", chars)}};
  if (bias == Bias::kMinority) return rare_color(chars, colors, p);
  if (bias == Bias::kSpurious) return tied_pairs(chars, colors, p);
  return {{marginal("color", colors), marginal("char", chars)}};
}

void DatasetConfig::take_table(const BiasTables& tables) {
  table = tables;
  const auto take = [&](const char* factor, std::vector<std::string>& list) {
    const std::vector<std::string> named = tables.levels_named(factor);
    if (!named.empty()) list = named;
  };
  take("color", colors);
  take("char", chars);
  take("font", fonts);
}

}  // namespace af::synth

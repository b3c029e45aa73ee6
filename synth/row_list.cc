#include "synth/row_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "core/config.h"
#include "core/random.h"
#include "core/text.h"
#include "fonts/characters.h"
#include "fonts/glyph_rasterizer.h"
#include "synth/factors.h"
#include "synth/palette.h"
#include "synth/pictures.h"
#include "synth/row_fields.h"

namespace af::synth {
namespace {

constexpr double kLargestAngle = 1e6;
constexpr std::size_t kMostSymbols = 64;
constexpr std::int64_t kLeastResolution = 8;
constexpr std::int64_t kMostResolution = 512;

/// Characters of a scene: shapes over the last of them are occlusions.
std::size_t characters_in(const Scene& scene) {
  std::size_t count = scene.symbols.size();
  const auto is_shape = [](char32_t character) {
    return std::ranges::find(factors::kOcclusionShapes, fonts::to_utf8(character)) !=
           factors::kOcclusionShapes.end();
  };
  while (count > 1 && is_shape(scene.symbols[count - 1].character)) --count;
  return count;
}

}  // namespace

RowList::RowList(const ListedConfig& config)
    : seed_(static_cast<std::uint64_t>(config.seed)),
      fonts_(config.font_dir.value_or(std::vector<std::string>{})) {
  format_.background = {};
  if (config.images.empty()) return;
  format_.vocabulary.image_folder = config.images;
  format_.vocabulary.images = pictures_in(config.images);
}

void RowList::add(nlohmann::json object, const std::string& where) {
  rename_row_fields(object);
  const JsonFields fields(object, where);
  agree_on_image(fields);
  Row& row = rows_.emplace_back();
  places_.push_back(where);
  row.index = static_cast<std::int64_t>(rows_.size() - 1);
  read_color(fields, row);
  if (fields.has("split")) row.split = fields.one_of<Split>("split");
  read_scene(fields, row);
  row.symbols = static_cast<std::uint8_t>(characters_in(row.scene));
  row.layers = static_cast<std::uint8_t>(row.scene.symbols.size() - 1);
  if (row.symbols > 1) format_.counts = true;
  make_room(row.scene);
}

void RowList::check_glyphs() const {
  fonts::GlyphRasterizer glyphs(format_.vocabulary.faces, 0);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    for (const Symbol& symbol : rows_[i].scene.symbols) {
      if (glyphs.has(symbol.face, symbol.character)) continue;
      throw InputError(fmt::format("{}: the font {} lacks the character {}", places_[i],
                                   format_.vocabulary.faces[symbol.face].name(),
                                   fonts::named(symbol.character)));
    }
  }
}

void RowList::agree_on_image(const JsonFields& fields) {
  const auto side = fields.whole("resolution", kLeastResolution, kMostResolution);
  const ImageFormat image{static_cast<int>(side), fields.flag("is_gray", false) ? 1 : 3};
  if (rows_.empty()) format_.image = image;
  if (image.resolution != format_.image.resolution) {
    fields.fail(fmt::format("the resolution is {}; expected {} as in the rows before",
                            image.resolution, format_.image.resolution));
  }
  if (image.channels != format_.image.channels) {
    fields.fail(fmt::format("the image has {} channels; expected {} as in the rows before",
                            image.channels, format_.image.channels));
  }
}

void RowList::read_color(const JsonFields& fields, Row& row) {
  Vocabulary& words = format_.vocabulary;
  if (!fields.has("color")) {
    if (words.colors.empty()) return;
    fields.fail("the field 'color' is missing, which the rows before have");
  }
  if (words.colors.empty() && rows_.size() > 1) {
    fields.fail("there is a field 'color', which the rows before do not have");
  }
  const std::string name = fields.text("color");
  const auto rgb = named_color(name);
  if (!rgb) {
    fields.fail(fmt::format("'color' is '{}'{}; expected #rrggbb or a name of CSS", name,
                            did_you_mean(name, color_names())));
  }
  row.color_code = code_of(words.colors, name);
  if (words.palette.size() < words.colors.size()) words.palette.push_back(*rgb);
}

void RowList::read_scene(const JsonFields& fields, Row& row) {
  Scene& scene = row.scene;
  Vocabulary& words = format_.vocabulary;
  scene.background = read_pattern(fields.at("background"), fields, words.images);
  scene.inverse = fields.flag("inverse_color", false);
  scene.max_contrast = fields.flag("max_contrast", true);
  scene.noise_scale =
      fields.has("pixel_noise_scale") ? fields.number("pixel_noise_scale", 0.0, 1.0) : 0.0;
  scene.noise_key = fields.has("noise_key") ? fields.whole("noise_key", 0, INT64_MAX)
                                            : own_noise_key(rows_.size() - 1);
  if (!fields.has("symbols")) {
    scene.symbols.push_back(read_symbol(fields, row, words.chars));
    return;
  }
  const nlohmann::json& symbols = fields.at("symbols");
  if (!symbols.is_array() || symbols.empty() || symbols.size() > kMostSymbols) {
    fields.fail(fmt::format("'symbols' is no list of 1 to {} symbols", kMostSymbols));
  }
  for (const nlohmann::json& symbol : symbols) {
    scene.symbols.push_back(read_symbol({symbol, fields.where()}, row,
                                        scene.symbols.empty() ? words.chars : words.layer_chars));
  }
}

std::int64_t RowList::own_noise_key(std::size_t row) const {
  Stream stream(seed_, Purpose::kPixelNoise, row);
  return static_cast<std::int64_t>(stream.bits64() >> 1);
}

Symbol RowList::read_symbol(const JsonFields& fields, const Row& row,
                            std::vector<std::string>& chars) {
  Symbol symbol;
  const std::string text = fields.text("char");
  const auto character = fonts::code_point(text);
  if (!character) fields.fail(fmt::format("'char' is '{}'; expected a single character", text));
  symbol.character = *character;
  symbol.char_code = code_of(chars, text);
  symbol.bold = fields.flag("is_bold", false);
  read_font(fields, symbol);
  symbol.pose.slanted = fields.flag("is_slant", false);
  symbol.pose.scale = fields.number("scale", kLeastScale, kMostScale);
  symbol.pose.rotation_rad = fields.number("rotation", -kLargestAngle, kLargestAngle);
  symbol.pose.translation = fields.numbers<2>("translation", -kMostTranslation, kMostTranslation);
  const Vocabulary& words = format_.vocabulary;
  const bool first = row.scene.symbols.empty();
  if (first && !words.colors.empty() && !fields.has("foreground")) {
    symbol.foreground = solid(words.palette[row.color_code]);
  } else {
    symbol.foreground = read_pattern(fields.at("foreground"), fields, words.images);
  }
  if (symbol.foreground.kind == PatternKind::kMulti) {
    fields.fail("a symbol's foreground is a multi pattern, which only a background can be");
  }
  return symbol;
}

void RowList::read_font(const JsonFields& fields, Symbol& symbol) {
  const bool by_file = fields.has("font_file");
  const std::string family =
      !by_file || fields.has("font_family") ? fields.text("font_family") : fields.text("font_file");
  const auto weight = symbol.bold ? fonts::Weight::kBold : fonts::Weight::kNormal;
  fonts::FaceFile face;
  try {
    face = by_file ? fonts_.by_file_name(fields.text("font_file"), weight)
                   : fonts_.resolve(family, weight);
  } catch (const Error& error) {
    fields.fail(error.what());
  }
  symbol.font_code = code_of(format_.vocabulary.fonts, family);
  symbol.face = code_of(format_.vocabulary.faces, face);
}

void RowList::make_room(const Scene& scene) {
  format_.symbols = std::max(format_.symbols, scene.symbols.size());
  format_.background.fit(scene.background);
  format_.foreground.fit(scene.symbols.front().foreground);
  for (const Symbol& symbol : std::span(scene.symbols).subspan(1)) {
    format_.layers.fit(symbol.foreground);
  }
}

}  // namespace af::synth

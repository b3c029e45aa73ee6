#include "synth/attribute_rows.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/config_toml.h"
#include "core/random.h"
#include "core/sha256.h"
#include "fonts/characters.h"
#include "fonts/font_catalogue.h"
#include "fonts/glyph_rasterizer.h"
#include "synth/json_fields.h"
#include "synth/json_pattern.h"

namespace af::synth {
namespace {

constexpr double kLargestScale = 20.0;
constexpr double kLargestAngle = 1e6;
constexpr double kFarthestTranslation = 1000.0;
constexpr std::size_t kMostSymbols = 64;
constexpr std::int64_t kLeastResolution = 8;
constexpr std::int64_t kMostResolution = 512;

/// What a file made from listed rows says of its making.
struct ListedConfig {
  std::string attributes;
  std::string attributes_sha256;
  std::int64_t seed = 0;
};
template <class Visitor>
void describe(Visitor& visitor, ListedConfig& config) {
  visitor.field("attributes", config.attributes, "File of the rows");
  visitor.field("attributes_sha256", config.attributes_sha256, "Of that file");
  visitor.field("seed", config.seed, "Of rows' noise that have no key");
}

class RowList {
 public:
  RowList(std::int64_t seed, std::span<const std::string> font_folders)
      : seed_(seed), fonts_(font_folders) {
    format.background = {};
  }

  void add(const JsonFields& fields) {
    agree_on_image(fields);
    Row& row = rows.emplace_back();
    row.index = static_cast<std::int64_t>(rows.size() - 1);
    read_scene(fields, row.scene);
    row.layers = static_cast<std::uint8_t>(row.scene.symbols.size() - 1);
    make_room(row.scene);
  }

  /// @throws InputError if a font lacks a character of a row.
  void check_glyphs(const std::string& source) const {
    fonts::GlyphRasterizer glyphs(format.vocabulary.faces, 0);
    for (const Row& row : rows) {
      for (const Symbol& symbol : row.scene.symbols) {
        if (glyphs.has(symbol.face, symbol.character)) continue;
        throw InputError(fmt::format("{}, line {}: the font {} lacks the character {}", source,
                                     lines[static_cast<std::size_t>(row.index)],
                                     format.vocabulary.faces[symbol.face].name(),
                                     fonts::named(symbol.character)));
      }
    }
  }

  RowFormat format;
  std::vector<Row> rows;
  std::vector<std::size_t> lines;  ///< Of each row in the file.

 private:
  void agree_on_image(const JsonFields& fields) {
    const auto side = fields.whole("resolution", kLeastResolution, kMostResolution);
    const ImageFormat image{static_cast<int>(side), fields.flag("is_gray", false) ? 1 : 3};
    if (rows.empty()) format.image = image;
    if (image.resolution != format.image.resolution) {
      fields.fail(fmt::format("the resolution is {}; expected {} as in the rows before",
                              image.resolution, format.image.resolution));
    }
    if (image.channels != format.image.channels) {
      fields.fail(fmt::format("the image has {} channels; expected {} as in the rows before",
                              image.channels, format.image.channels));
    }
  }

  void read_scene(const JsonFields& fields, Scene& scene) {
    scene.background = read_pattern({fields.at("background"), fields.where()});
    scene.inverse = fields.flag("inverse_color", false);
    scene.max_contrast = fields.flag("max_contrast", true);
    scene.noise_scale =
        fields.has("pixel_noise_scale") ? fields.number("pixel_noise_scale", 0.0, 1.0) : 0.0;
    scene.noise_key = fields.has("noise_key") ? fields.whole("noise_key", 0, INT64_MAX)
                                              : own_noise_key(rows.size() - 1);
    if (!fields.has("symbols")) {
      scene.symbols.push_back(read_symbol(fields, format.vocabulary.chars));
      return;
    }
    const nlohmann::json& symbols = fields.at("symbols");
    if (!symbols.is_array() || symbols.empty() || symbols.size() > kMostSymbols) {
      fields.fail(fmt::format("'symbols' is no list of 1 to {} symbols", kMostSymbols));
    }
    for (const nlohmann::json& symbol : symbols) {
      scene.symbols.push_back(read_symbol(
          {symbol, fields.where()},
          scene.symbols.empty() ? format.vocabulary.chars : format.vocabulary.layer_chars));
    }
  }

  [[nodiscard]] std::int64_t own_noise_key(std::size_t row) const {
    Stream stream(static_cast<std::uint64_t>(seed_), Purpose::kPixelNoise, row);
    return static_cast<std::int64_t>(stream.bits64() >> 1);
  }

  Symbol read_symbol(const JsonFields& fields, std::vector<std::string>& chars) {
    Symbol symbol;
    const std::string text = fields.text("char");
    const auto character = fonts::code_point(text);
    if (!character) fields.fail(fmt::format("'char' is '{}'; expected a single character", text));
    symbol.character = *character;
    symbol.char_code = code_of(chars, text);
    symbol.bold = fields.flag("is_bold", false);
    read_font(fields, symbol);
    symbol.pose.slanted = fields.flag("is_slant", false);
    symbol.pose.scale = fields.number("scale", 1e-3, kLargestScale);
    symbol.pose.rotation_rad = fields.number("rotation", -kLargestAngle, kLargestAngle);
    symbol.pose.translation =
        fields.numbers<2>("translation", -kFarthestTranslation, kFarthestTranslation);
    symbol.foreground = read_pattern({fields.at("foreground"), fields.where()});
    if (symbol.foreground.kind == PatternKind::kMulti) {
      fields.fail("a symbol's foreground is a multi pattern, which only a background can be");
    }
    return symbol;
  }

  void read_font(const JsonFields& fields, Symbol& symbol) {
    const bool by_file = fields.has("font_file");
    const std::string family = !by_file || fields.has("font_family") ? fields.text("font_family")
                                                                     : fields.text("font_file");
    fonts::FaceFile face;
    try {
      face = by_file ? fonts_.by_file_name(fields.text("font_file"))
                     : fonts_.resolve(family,
                                      symbol.bold ? fonts::Weight::kBold : fonts::Weight::kNormal);
    } catch (const Error& error) {
      fields.fail(error.what());
    }
    symbol.font_code = code_of(format.vocabulary.fonts, family);
    symbol.face = code_of(format.vocabulary.faces, face);
  }

  void make_room(const Scene& scene) {
    format.symbols = std::max(format.symbols, scene.symbols.size());
    format.background.fit(scene.background);
    format.foreground.fit(scene.symbols.front().foreground);
    for (const Symbol& symbol : std::span(scene.symbols).subspan(1)) {
      format.layers.fit(symbol.foreground);
    }
  }

  std::int64_t seed_;
  fonts::FontCatalogue fonts_;
};

void read_lines(const std::filesystem::path& path, RowList& list) {
  std::ifstream file(path);
  if (!file) throw InputError(fmt::format("{} cannot be read", path.string()));
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string where = fmt::format("{}, line {}", path.string(), number);
    const nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
    if (object.is_discarded()) throw InputError(where + ": this is no JSON");
    list.lines.push_back(number);
    list.add(JsonFields(object, where));
  }
  if (list.rows.empty()) throw InputError(fmt::format("{} has no rows", path.string()));
}

}  // namespace

RowSource listed_rows(const std::filesystem::path& file, std::int64_t seed,
                      std::span<const std::string> font_folders) {
  const auto list = std::make_shared<RowList>(seed, font_folders);
  read_lines(file, *list);
  list->check_glyphs(file.string());
  RowSource source;
  source.format = list->format;
  source.rows = list->rows.size();
  source.attributes = vocabulary_attributes(source.format.vocabulary);
  source.attributes["configuration"] =
      write_toml(ListedConfig{file.string(), sha256_of_file(file), seed});
  source.attributes["seed"] = seed;
  const auto rows = std::make_shared<const std::vector<Row>>(std::move(list->rows));
  source.fill = [rows](std::uint64_t i, Row& row) { row = (*rows)[i]; };
  return source;
}

}  // namespace af::synth

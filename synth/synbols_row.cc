#include "synth/synbols_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "core/config.h"

namespace af::synth {
namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', /*ensure_ascii=*/true);
}

const char* truth(bool value) { return value ? "\"True\"" : "\"False\""; }
const char* json_flag(bool value) { return value ? "true" : "false"; }

/// The class of Synbols that draws a kind of pattern.
std::string_view style(PatternKind kind) {
  switch (kind) {
    case PatternKind::kNone: return "NoPattern";
    case PatternKind::kSolid: return "SolidColor";
    case PatternKind::kLinear:
    case PatternKind::kRadial: return "Gradient";
    case PatternKind::kMulti: return "MultiGradient";
    case PatternKind::kCamouflage: return "Camouflage";
    case PatternKind::kImage: return "ImagePattern";
  }
  return "";
}

/// Appends one row to a text. Numbers are as short as they can be to be read again exactly.
class RowText {
 public:
  RowText(const RowFormat& format, std::string& out)
      : format_(format), words_(format.vocabulary), out_(out) {}

  void write(const Row& row) {
    const Scene& scene = row.scene;
    const int side = format_.image.resolution;
    add("{{\"index\": {}, \"resolution\": [{}, {}], \"seed\": {}", row.index, side, side,
        scene.noise_key);
    real("pixel_noise_scale", scene.noise_scale);
    add(", \"inverse_color\": {}, \"max_contrast\": {}, \"is_gray\": {}", json_flag(scene.inverse),
        json_flag(scene.max_contrast), json_flag(format_.image.channels == 1));
    add(", \"split\": \"{}\"", to_text(row.split));
    if (!words_.colors.empty()) add(", \"color\": {}", quoted(words_.colors.at(row.color_code)));
    add(", \"background\": ");
    pattern(scene.background);
    add(", ");
    const std::string alphabet =
        words_.languages.empty() ? "null" : quoted(words_.languages.at(row.language_code));
    fields(scene.symbols.front(), words_.chars, alphabet);
    add(", \"symbols\": [");
    for (std::size_t i = 0; i < scene.symbols.size(); ++i) {
      add("{}{{", i == 0 ? "" : ", ");
      fields(scene.symbols[i], i == 0 ? words_.chars : words_.layer_chars,
             i == 0 ? alphabet : "null");
      add("}}");
    }
    add("]}}");
  }

  void pattern(const Pattern& pattern) {
    add("{{\"style\": \"{}\", \"type\": \"{}\"", style(pattern.kind), to_text(pattern.kind));
    if (pattern.kind == PatternKind::kSolid) list("rgb", pattern.rgb);
    if (pattern.kind == PatternKind::kLinear || pattern.kind == PatternKind::kRadial) {
      gradient(pattern.gradients[0]);
    }
    if (pattern.kind == PatternKind::kMulti) layers(pattern.layers());
    if (pattern.kind == PatternKind::kCamouflage) camouflage(pattern);
    if (pattern.kind == PatternKind::kImage) {
      add(", \"image\": {}", quoted(words_.images.at(pattern.image)));
      list("crop", pattern.crop);
    }
    add("}}");
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }

  /// A number that is read as a real one, even if it is whole.
  void real(double value) {
    const std::size_t begin = out_.size();
    add("{}", value);
    if (out_.find_first_of(".e", begin) == std::string::npos) add(".0");
  }
  void real(const char* name, double value) {
    add(", \"{}\": ", name);
    real(value);
  }

  template <class Numbers>
  void numbers(const Numbers& values) {
    add("[");
    for (std::size_t i = 0; i < std::size(values); ++i) {
      if (i > 0) add(", ");
      real(values[i]);
    }
    add("]");
  }
  template <class Numbers>
  void list(const char* name, const Numbers& values) {
    add(", \"{}\": ", name);
    numbers(values);
  }

  void fields(const Symbol& symbol, const std::vector<std::string>& chars,
              const std::string& alphabet) {
    add("\"alphabet\": {}, \"char\": {}, \"font\": {}, \"font_file\": {}", alphabet,
        quoted(chars.at(symbol.char_code)), quoted(words_.fonts.at(symbol.font_code)),
        quoted(words_.faces.at(symbol.face).name()));
    add(", \"is_bold\": {}, \"is_slant\": {}", truth(symbol.bold), truth(symbol.pose.slanted));
    real("scale", symbol.pose.scale);
    list("translation", symbol.pose.translation);
    real("rotation", symbol.pose.rotation_rad);
    add(", \"foreground\": ");
    pattern(symbol.foreground);
  }

  void gradient(const Gradient& gradient) {
    const bool line = gradient.kind == GradientKind::kLinear;
    list("points", std::span(gradient.points).first(line ? 4 : 6));
    add(", \"stops\": [");
    for (std::size_t i = 0; i < gradient.stops.size(); ++i) {
      const Stop& stop = gradient.stops[i];
      if (i > 0) add(", ");
      numbers(std::array{stop.position, stop.rgba[0], stop.rgba[1], stop.rgba[2], stop.rgba[3]});
    }
    add("]");
  }

  void layers(std::span<const Gradient> gradients) {
    add(", \"layers\": [");
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      add("{}{{\"type\": \"{}\"", i == 0 ? "" : ", ", to_text(gradients[i].kind));
      gradient(gradients[i]);
      add("}}");
    }
    add("]");
  }

  void camouflage(const Pattern& pattern) {
    if (pattern.strokes.empty()) {
      const Camouflage& of = pattern.camouflage;
      real("length", of.shape.length);
      real("width", of.shape.width);
      real("angle", of.shape.angle_rad);
      real("noise", of.shape.noise);
      add(", \"count\": {}, \"key\": {}", of.count, of.key);
      return;
    }
    add(", \"strokes\": [");
    for (std::size_t i = 0; i < pattern.strokes.size(); ++i) {
      const Stroke& stroke = pattern.strokes[i];
      add("{}{{\"width\": ", i == 0 ? "" : ", ");
      real(stroke.width);
      list("from", stroke.from);
      list("to", stroke.to);
      list("rgba", stroke.rgba);
      add("}}");
    }
    add("]");
  }

  const RowFormat& format_;
  const Vocabulary& words_;
  std::string& out_;
};

/// Numbers that take as many characters as any.
constexpr double kLong = -2.2250738585072014e-308;
constexpr std::int64_t kLongWhole = std::numeric_limits<std::int64_t>::min();

/// Position of the word that takes most.
std::uint16_t longest(const std::vector<std::string>& words) {
  const auto found = std::ranges::max_element(
      words, {}, [](const std::string& word) { return quoted(word).size(); });
  return static_cast<std::uint16_t>(found - words.begin());
}

/// The longest pattern that there is room for.
Pattern longest_pattern(const PatternRoom& room, const RowFormat& format) {
  Pattern pattern;
  pattern.rgb.fill(kLong);
  pattern.gradient_count = static_cast<std::uint8_t>(std::min(room.gradients, kMaxGradients));
  Gradient gradient{.kind = GradientKind::kRadial};
  gradient.points.fill(kLong);
  gradient.stops.fill({kLong, {kLong, kLong, kLong, kLong}});
  pattern.gradients.fill(gradient);
  pattern.camouflage = {{kLong, kLong, kLong, kLong}, kLongWhole, kLongWhole};
  const Stroke stroke{{kLong, kLong}, {kLong, kLong}, kLong, {kLong, kLong, kLong, kLong}};
  pattern.strokes.assign(room.strokes, stroke);
  pattern.image = longest(format.vocabulary.images);
  pattern.crop.fill(kLong);
  Pattern most;
  std::size_t bytes = 0;
  for (const auto& [kind, name] : enum_names(PatternKind{})) {
    if (kind == PatternKind::kImage && format.vocabulary.images.empty()) continue;
    pattern.kind = kind;
    std::string text;
    RowText(format, text).pattern(pattern);
    if (text.size() <= bytes) continue;
    bytes = text.size();
    most = pattern;
  }
  return most;
}

std::uint16_t longest_face(const Vocabulary& words) {
  std::vector<std::string> names;
  for (const af::fonts::FaceFile& face : words.faces) names.push_back(face.name());
  return longest(names);
}

}  // namespace

void write_synbols_row(const Row& row, const RowFormat& format, std::string& out) {
  out.clear();
  RowText(format, out).write(row);
}

std::size_t synbols_row_bytes(const RowFormat& format) {
  Row row;
  row.index = kLongWhole;
  row.scene.noise_scale = kLong;
  row.scene.noise_key = kLongWhole;
  row.color_code = longest(format.vocabulary.colors);
  row.language_code = longest(format.vocabulary.languages);
  row.scene.background = longest_pattern(format.background, format);
  for (std::size_t i = 0; i < format.symbols; ++i) {
    Symbol& symbol = row.scene.symbols.emplace_back();
    symbol.char_code = longest(i == 0 ? format.vocabulary.chars : format.vocabulary.layer_chars);
    symbol.font_code = longest(format.vocabulary.fonts);
    symbol.face = longest_face(format.vocabulary);
    symbol.pose.scale = symbol.pose.rotation_rad = kLong;
    symbol.pose.translation = {kLong, kLong};
    symbol.foreground = longest_pattern(i == 0 ? format.foreground : format.layers, format);
  }
  std::string text;
  write_synbols_row(row, format, text);
  return text.size();
}

}  // namespace af::synth

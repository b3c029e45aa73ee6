#include "synth/row_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/config.h"
#include "core/errors.h"
#include "core/text.h"
#include "fonts/characters.h"
#include "fonts/font_catalogue.h"
#include "fonts/glyph_rasterizer.h"
#include "synth/distribution_text.h"
#include "synth/factors.h"
#include "synth/palette.h"

namespace af::synth {
namespace {

using Change = std::function<void(Row&)>;

/// Characters of an image: its symbols but for occlusions.
std::span<Symbol> characters(Row& row) {
  return std::span(row.scene.symbols).first(std::min<std::size_t>(row.symbols, row.layers + 1U));
}

/// What a change gets and what it becomes; without `from`, whatever it gets.
template <class T>
struct Mapping {
  std::optional<T> from;
  T to{};
  /// Both ways, if it is a swap.
  [[nodiscard]] T operator()(const T& value) const {
    if (!from || value == *from) return to;
    return value == to ? *from : value;
  }
};

/// The text of a change, with the values as they are written.
struct Wanted {
  std::string text;  ///< "--swap color=blue:red"
  std::string column;
  std::optional<std::string> from;
  std::string to;

  [[noreturn]] void fail(const std::string& complaint) const {
    throw ConfigError(fmt::format("{}: {}", text, complaint));
  }
};

Wanted parse_change(const char* option, const std::string& text, bool swap) {
  Wanted wanted{fmt::format("{} {}", option, text), {}, {}, {}};
  const std::size_t equals = text.find('=');
  const std::size_t first = equals + 1;
  // A character may be the colon itself: the middle one of three is meant then.
  const std::size_t colon =
      swap && equals != std::string::npos ? text.find(':', first + 1) : std::string::npos;
  if (equals == std::string::npos || equals == 0 || first == text.size() ||
      (swap && (colon == std::string::npos || colon + 1 == text.size()))) {
    wanted.fail(swap ? "expected COLUMN=A:B, such as color=blue:red"
                     : "expected COLUMN=VALUE, such as rotation=0");
  }
  wanted.column = text.substr(0, equals);
  std::ranges::replace(wanted.column, '-', '_');
  if (swap) wanted.from = text.substr(first, colon - first);
  wanted.to = text.substr(swap ? colon + 1 : first);
  if (swap && wanted.from == wanted.to) wanted.fail("both values are the same; expected two");
  return wanted;
}

/// Makes changes of what is wanted.
class Maker {
 public:
  Maker(const ListedConfig& config, RowFormat& format)
      : format_(format),
        words_(format.vocabulary),
        fonts_(config.font_dir.value_or(std::vector<std::string>{})) {}

  [[nodiscard]] Change make(const Wanted& wanted) {
    using Make = Change (Maker::*)(const Wanted&);
    static const std::vector<std::pair<std::string, Make>> kEither{
        {"color", &Maker::color},
        {"char", &Maker::character},
        {"font", &Maker::font},
        {"bold", &Maker::bold},
        {"slant", &Maker::slant},
        {"inverse", &Maker::image_flag<&Scene::inverse>},
        {"max_contrast", &Maker::image_flag<&Scene::max_contrast>},
        {"split", &Maker::split}};
    static const std::vector<std::pair<std::string, Make>> kReplaced{
        {"scale", &Maker::scale},
        {"rotation", &Maker::rotation},
        {"translation_x", &Maker::translation<0>},
        {"translation_y", &Maker::translation<1>},
        {"noise_scale", &Maker::noise},
        {"noise", &Maker::noise},
        {"foreground", &Maker::foreground},
        {"background", &Maker::background}};
    std::vector<std::string> names;
    for (const auto* makers : {&kEither, &kReplaced}) {
      if (wanted.from && makers == &kReplaced) break;
      for (const auto& [name, make] : *makers) {
        if (name == wanted.column) return (this->*make)(wanted);
        names.push_back(name);
      }
    }
    wanted.fail(fmt::format("'{}' cannot be {}{}; expected {}", wanted.column,
                            wanted.from ? "swapped" : "replaced",
                            did_you_mean(wanted.column, names), listed(names)));
  }

  /// Whether other glyphs are drawn than were.
  [[nodiscard]] bool changes_glyphs() const noexcept { return changes_glyphs_; }

 private:
  static std::uint16_t code(const Wanted& wanted, const std::vector<std::string>& levels,
                            const std::string& level) {
    const auto found = std::ranges::find(levels, level);
    if (found != levels.end()) return static_cast<std::uint16_t>(found - levels.begin());
    wanted.fail(fmt::format("no row has '{}'{}; expected {}", level, did_you_mean(level, levels),
                            levels.empty() ? "a column that the rows have" : listed(levels)));
  }
  static bool flag(const Wanted& wanted, const std::string& text) {
    if (text == "true" || text == "false") return text == "true";
    wanted.fail(fmt::format("'{}' is neither true nor false", text));
  }
  static Mapping<bool> flags(const Wanted& wanted) {
    return {wanted.from ? std::optional(flag(wanted, *wanted.from)) : std::nullopt,
            flag(wanted, wanted.to)};
  }
  static double number(const Wanted& wanted, double low, double high) {
    const auto value = notation::number(wanted.to);
    if (value && *value >= low && *value <= high) return *value;
    wanted.fail(fmt::format("expected a number from {} to {}", low, high));
  }

  Change color(const Wanted& wanted) {
    if (words_.colors.empty()) {
      throw InputError(fmt::format("{}: the rows have no column 'color'", wanted.text));
    }
    Mapping<std::uint16_t> codes;
    if (wanted.from) {
      codes = {code(wanted, words_.colors, *wanted.from), code(wanted, words_.colors, wanted.to)};
    } else {
      const Rgb rgb = color_of(wanted, wanted.to);
      codes.to = code_of(words_.colors, wanted.to);
      if (words_.palette.size() < words_.colors.size()) words_.palette.push_back(rgb);
    }
    Mapping<Rgb> paint{std::nullopt, words_.palette[codes.to]};
    if (codes.from) paint.from = words_.palette[*codes.from];
    return [codes, paint](Row& row) {
      row.color_code = codes(row.color_code);
      for (Symbol& symbol : characters(row)) {
        if (symbol.foreground.kind == PatternKind::kSolid) {
          symbol.foreground.rgb = paint(symbol.foreground.rgb);
        }
      }
    };
  }

  Change character(const Wanted& wanted) {
    changes_glyphs_ = true;
    const auto point = fonts::code_point(wanted.to);
    if (!point) wanted.fail(fmt::format("'{}' is no single character", wanted.to));
    Mapping<char32_t> points{std::nullopt, *point};
    Mapping<std::uint16_t> codes;
    if (wanted.from) {
      for (const std::string& text : {*wanted.from, wanted.to}) {  // It may stand behind a first.
        if (format_.counts &&
            std::ranges::find(words_.layer_chars, text) != words_.layer_chars.end())
          (void)code_of(words_.chars, text);
      }
      codes = {code(wanted, words_.chars, *wanted.from), code(wanted, words_.chars, wanted.to)};
      points.from = fonts::code_point(*wanted.from);
    } else {
      codes.to = code_of(words_.chars, wanted.to);
    }
    Mapping<std::uint16_t> layers;
    if (format_.counts) {  // Else the others are occlusions.
      if (wanted.from) layers.from = code_of(words_.layer_chars, *wanted.from);
      layers.to = code_of(words_.layer_chars, wanted.to);
    }
    return [codes, points, layers](Row& row) {
      const Mapping<std::uint16_t>* map = &codes;
      for (Symbol& symbol : characters(row)) {
        symbol.char_code = (*map)(symbol.char_code);
        symbol.character = points(symbol.character);
        map = &layers;
      }
    };
  }

  /// The faces of a family, normal and bold.
  std::array<std::uint16_t, 2> faces(const Wanted& wanted, const std::string& family) {
    std::array<std::uint16_t, 2> found{};
    try {
      found[0] = code_of(words_.faces, fonts_.resolve(family, fonts::Weight::kNormal));
      found[1] = code_of(words_.faces, fonts_.resolve(family, fonts::Weight::kBold));
    } catch (const Error& error) {
      wanted.fail(error.what());
    }
    return found;
  }

  Change font(const Wanted& wanted) {
    changes_glyphs_ = true;
    const auto to_faces = faces(wanted, wanted.to);
    Mapping<std::uint16_t> codes;
    std::array<std::uint16_t, 2> from_faces{};
    if (wanted.from) {
      codes = {code(wanted, words_.fonts, *wanted.from), code(wanted, words_.fonts, wanted.to)};
      from_faces = faces(wanted, *wanted.from);
    } else {
      codes.to = code_of(words_.fonts, wanted.to);
    }
    return [codes, from_faces, to_faces](Row& row) {
      for (Symbol& symbol : characters(row)) {
        const std::uint16_t became = codes(symbol.font_code);
        if (became == symbol.font_code) continue;
        symbol.font_code = became;
        symbol.face = (became == codes.to ? to_faces : from_faces)[symbol.bold ? 1 : 0];
      }
    };
  }

  Change bold(const Wanted& wanted) {
    changes_glyphs_ = true;
    std::vector<std::array<std::uint16_t, 2>> of_family;
    for (const std::string& family : std::vector<std::string>(words_.fonts)) {
      of_family.push_back(faces(wanted, family));
    }
    return [map = flags(wanted), of_family](Row& row) {
      for (Symbol& symbol : characters(row)) {
        const bool became = map(symbol.bold);
        if (became == symbol.bold) continue;
        symbol.bold = became;
        symbol.face = of_family[symbol.font_code][became ? 1 : 0];
      }
    };
  }

  Change slant(const Wanted& wanted) {
    return [map = flags(wanted)](Row& row) {
      for (Symbol& symbol : characters(row)) symbol.pose.slanted = map(symbol.pose.slanted);
    };
  }

  template <bool Scene::*Flag>
  Change image_flag(const Wanted& wanted) {
    return [map = flags(wanted)](Row& row) { row.scene.*Flag = map(row.scene.*Flag); };
  }

  Change split(const Wanted& wanted) {
    const auto one = [&](const std::string& text) {
      if (const auto split = from_text<Split>(text)) return *split;
      wanted.fail(fmt::format("'{}' is no split; expected {}", text, listed(names_of<Split>())));
    };
    Mapping<Split> map{std::nullopt, one(wanted.to)};
    if (wanted.from) map.from = one(*wanted.from);
    return [map](Row& row) { row.split = map(row.split); };
  }

  Change scale(const Wanted& wanted) {
    return [value = number(wanted, kLeastScale, kMostScale)](Row& row) {
      for (Symbol& symbol : characters(row)) symbol.pose.scale = value;
    };
  }
  Change rotation(const Wanted& wanted) {
    return [value = number(wanted, -kMostAngle, kMostAngle)](Row& row) {
      for (Symbol& symbol : characters(row)) symbol.pose.rotation_rad = value;
    };
  }
  template <std::size_t Axis>
  Change translation(const Wanted& wanted) {
    return [value = number(wanted, -kMostTranslation, kMostTranslation)](Row& row) {
      for (Symbol& symbol : characters(row)) symbol.pose.translation[Axis] = value;
    };
  }
  Change noise(const Wanted& wanted) {
    return [value = number(wanted, 0.0, 1.0)](Row& row) { row.scene.noise_scale = value; };
  }

  static Rgb color_of(const Wanted& wanted, const std::string& name) {
    if (const auto rgb = named_color(name)) return *rgb;
    wanted.fail(fmt::format("'{}'{} is no color; expected #rrggbb or a name of CSS", name,
                            did_you_mean(name, color_names())));
  }
  static Pattern plain(const Wanted& wanted) {
    return wanted.to == "none" ? Pattern{} : solid(color_of(wanted, wanted.to));
  }
  Change foreground(const Wanted& wanted) {
    return [pattern = plain(wanted)](Row& row) {
      for (Symbol& symbol : characters(row)) symbol.foreground = pattern;
    };
  }
  Change background(const Wanted& wanted) {
    return [pattern = plain(wanted)](Row& row) { row.scene.background = pattern; };
  }

  RowFormat& format_;
  Vocabulary& words_;
  fonts::FontCatalogue fonts_;
  bool changes_glyphs_ = false;
};

}  // namespace

RowChanges::RowChanges(const ListedConfig& config, RowFormat& format) {
  Maker maker(config, format);
  for (const std::string& text : config.swap) {
    changes_.push_back(maker.make(parse_change("--swap", text, true)));
  }
  for (const std::string& text : config.replace) {
    changes_.push_back(maker.make(parse_change("--replace", text, false)));
  }
  if (maker.changes_glyphs()) list_glyphs(format);
}

void RowChanges::list_glyphs(const RowFormat& format) {
  const Vocabulary& words = format.vocabulary;
  fonts::GlyphRasterizer glyphs(words.faces, 0);
  const auto drawn = [&](std::size_t face, const std::vector<std::string>& chars) {
    std::vector<bool> has;
    for (const std::string& text : chars) {
      has.push_back(glyphs.has(face, fonts::code_point(text).value_or(U'?')));
    }
    return has;
  };
  for (std::size_t face = 0; face < words.faces.size(); ++face) {
    face_names_.push_back(words.faces[face].name());
    has_first_.push_back(drawn(face, words.chars));
    has_layer_.push_back(drawn(face, words.layer_chars));
  }
}

void RowChanges::operator()(Row& row) const {
  for (const Change& change : changes_) change(row);
  if (face_names_.empty()) return;
  for (std::size_t i = 0; i < row.scene.symbols.size(); ++i) {
    const Symbol& symbol = row.scene.symbols[i];
    if ((i == 0 ? has_first_ : has_layer_)[symbol.face][symbol.char_code]) continue;
    throw InputError(fmt::format("row {} cannot be changed: the font {} lacks the character {}",
                                 row.index, face_names_[symbol.face],
                                 fonts::named(symbol.character)));
  }
}

}  // namespace af::synth

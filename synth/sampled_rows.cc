#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/config_toml.h"
#include "core/errors.h"
#include "core/random.h"
#include "fonts/characters.h"
#include "synth/bias.h"
#include "synth/factor_draws.h"
#include "synth/factors.h"
#include "synth/font_choice.h"
#include "synth/further_symbols.h"
#include "synth/languages.h"
#include "synth/palette.h"
#include "synth/pictures.h"
#include "synth/row_source.h"
#include "synth/split_assignment.h"

namespace af::synth {
namespace {

/// Rows looked at for one of every split.
constexpr std::uint64_t kMostTriedRows = 1'000'000;

/// A symbol's address beside its row's: the first one's is the row's own.
constexpr unsigned kSymbolShift = 40;  // Above any number of rows.
/// Where a missing symbol lies, as in Synbols.
constexpr double kFarOutside = 10.0;

double clamped(const Distribution& values, Stream& stream, double low, double high) {
  return std::clamp(values(stream), low, high);
}

std::vector<Rgb> rgb_of(const std::vector<std::string>& names) {
  std::vector<Rgb> colors;
  for (const std::string& name : names) colors.push_back(*named_color(name));
  return colors;
}

factors::PatternOptions pattern_options(const DatasetConfig& config, const Distribution& angle,
                                        std::size_t images) {
  return {.multi_gradients = config.multi_gradients,
          .multi_opacity = config.multi_opacity,
          .strokes = config.strokes,
          .stroke = {config.stroke_length, config.stroke_width, 0.0, config.stroke_noise},
          .stroke_angle = angle,
          .images = images,
          .image_crop = config.image_crop};
}

factors::PatternOptions background_options(const DatasetConfig& config, std::size_t images) {
  factors::PatternOptions options = pattern_options(config, config.background_stroke_angle, images);
  options.solids = rgb_of(config.background_colors);
  return options;
}

/// Draws rows; each factor has a stream of its own, addressed by the row.
class RowSampler {
 public:
  RowSampler(const DatasetConfig& config, RowFormat& format)
      : config_(config),
        seed_(static_cast<std::uint64_t>(config.seed)),
        joint_(config.joint()),
        independent_(joint_, seed_),
        quota_(config.draws == Draws::kQuota ? joint_ : JointTable{}, seed_,
               static_cast<std::uint64_t>(config.n)),
        further_(config.symbols, seed_,
                 config.draws == Draws::kQuota && config.symbols.support().second > 1.0
                     ? static_cast<std::uint64_t>(config.n)
                     : 0),
        further_quota_(further_.count() > 0 ? joint_ : JointTable{}, seed_,
                       std::max<std::uint64_t>(further_.count(), 1), 1),
        color_(joint_.position("color")),
        language_(joint_.position("language")),
        char_(joint_.position("char")),
        font_(joint_.position("font")),
        bold_("bold", config.bold, joint_),
        slant_("slant", config.slant, joint_),
        missing_("missing", config.missing, joint_),
        inverse_("inverse", config.inverse, joint_),
        max_contrast_("max_contrast", config.max_contrast, joint_),
        foreground_("foreground", config.foreground, joint_,
                    pattern_options(config, config.foreground_stroke_angle,
                                    format.vocabulary.images.size())),
        background_("background", config.background, joint_,
                    background_options(config, format.vocabulary.images.size())),
        occlusion_foreground_("occlusion_foreground", config.occlusion_foreground, joint_,
                              pattern_options(config, config.foreground_stroke_angle,
                                              format.vocabulary.images.size())),
        splits_(config),
        fonts_(choose_fonts(config, catalogue_of(config), format.vocabulary)),
        palette_(format.vocabulary.palette) {
    for (const std::string& text : config.chars) chars_.push_back(*fonts::code_point(text));
    for (const std::string& name : config.occlusion_shape.names()) {
      if (config.occlusions == 0) break;
      shape_codes_.push_back(code_of(format.vocabulary.layer_chars, name));
      shapes_.push_back(*fonts::code_point(name));
    }
    if (config.symbols.support().second > 1.0) {
      for (const std::string& text : config.chars) {
        layer_codes_.push_back(code_of(format.vocabulary.layer_chars, text));
      }
    }
    make_room(format);
  }

  void operator()(std::uint64_t i, Row& row) const {
    row.index = static_cast<std::int64_t>(i);
    const std::size_t symbols = symbol_count(config_.symbols, seed_, i);
    const std::size_t occlusions = count(config_.occlusions, Purpose::kOcclusionCount, i);
    row.symbols = static_cast<std::uint8_t>(symbols);
    row.layers = static_cast<std::uint8_t>(symbols + occlusions - 1);
    row.scene.symbols.resize(symbols + occlusions);
    const Levels tied = config_.draws == Draws::kQuota ? quota_(i) : independent_(i);
    row.language_code = language_ < joint_.factors.size() ? tied[language_] : std::uint16_t{0};
    row.color_code = color_ < joint_.factors.size() ? tied[color_] : std::uint16_t{0};
    draw_symbol(i, tied, row.scene.symbols[0]);
    const std::uint64_t before = further_.count() > 0 && symbols > 1 ? further_.before(i) : 0;
    for (std::uint64_t s = 1; s < symbols; ++s) {
      const std::uint64_t address = i | s << kSymbolShift;
      const Levels cell =
          further_.count() > 0 ? further_quota_(before + s - 1) : independent_(address);
      draw_symbol(address, cell, row.scene.symbols[s]);
      Symbol& symbol = row.scene.symbols[s];
      symbol.char_code = layer_codes_[symbol.char_code];
    }
    draw_occlusions(i, std::span(row.scene.symbols).subspan(symbols));
    draw_image(i, tied, row.scene);
    row.split = splits_(row);
  }

  /// @throws ConfigError if a split that is asked for by factors has no row.
  void refuse_empty_splits() const {
    if (config_.split.kind() == SplitRule::Kind::kRandom) return;
    std::array<bool, kSplits> missing{};
    for (std::size_t s = 0; s < kSplits; ++s) missing[s] = splits_.asks_for(static_cast<Split>(s));
    const std::uint64_t rows = std::min(static_cast<std::uint64_t>(config_.n), kMostTriedRows);
    Row row;
    for (std::uint64_t i = 0; i < rows && std::ranges::count(missing, true) > 0; ++i) {
      (*this)(i, row);
      missing[static_cast<std::size_t>(row.split)] = false;
    }
    const auto first = std::ranges::find(missing, true);
    if (first == missing.end()) return;
    throw ConfigError(fmt::format(
        "split: none of the {} rows is for {} by {}; expected a rule that gives it some", rows,
        to_text(static_cast<Split>(first - missing.begin())), config_.split.text()));
  }

 private:
  [[nodiscard]] Stream stream(Purpose purpose, std::uint64_t i) const {
    return {seed_, purpose, i};
  }

  [[nodiscard]] std::size_t count(const Distribution& values, Purpose purpose,
                                  std::uint64_t i) const {
    Stream draws = stream(purpose, i);
    return static_cast<std::size_t>(values(draws));
  }

  void make_room(RowFormat& format) const {
    const auto most = [](const Distribution& values) {
      return static_cast<std::size_t>(values.support().second);
    };
    const std::size_t symbols = most(config_.symbols);
    format.symbols = symbols + most(config_.occlusions);
    format.counts = !(config_.symbols == 1.0);
    format.background = format.layers = {};
    background_.make_room(format.background);
    foreground_.make_room(format.foreground);
    if (symbols > 1) foreground_.make_room(format.layers);
    if (most(config_.occlusions) > 0) occlusion_foreground_.make_room(format.layers);
    format.image.masks = config_.masks;
    if (config_.masks == MaskKind::kEach) format.image.mask_layers = format.symbols;
  }

  /// @param at  Address of the symbol.
  void draw_symbol(std::uint64_t at, const Levels& tied, Symbol& symbol) const {
    symbol.char_code = tied[char_];
    symbol.character = chars_[symbol.char_code];
    Stream font = stream(Purpose::kFont, at);
    symbol.font_code = font_code(tied, font);
    symbol.bold = bold_(tied, stream(Purpose::kBold, at));
    const FontChoice::Family& family = fonts_.families[symbol.font_code];
    symbol.face = symbol.bold ? family.bold : family.normal;
    draw_pose(at, tied, symbol.pose);
    Stream paint = stream(Purpose::kForeground, at);
    const bool colored = color_ < joint_.factors.size();
    foreground_(tied, paint, colored ? &palette_[tied[color_]] : nullptr, symbol.foreground);
  }

  [[nodiscard]] std::uint16_t font_code(const Levels& tied, Stream& font) const {
    if (font_ < joint_.factors.size()) return tied[font_];
    const auto below = [&font](std::size_t count) {
      return font.below(static_cast<std::uint32_t>(count));
    };
    if (language_ < joint_.factors.size()) {
      const std::vector<std::uint16_t>& families = fonts_.of_language[tied[language_]];
      return families[below(families.size())];
    }
    return static_cast<std::uint16_t>(below(fonts_.families.size()));
  }

  void draw_pose(std::uint64_t at, const Levels& tied, fonts::GlyphPose& pose) const {
    Stream scale = stream(Purpose::kScale, at);
    Stream rotation = stream(Purpose::kRotation, at);
    Stream translation = stream(Purpose::kTranslation, at);
    pose.scale = clamped(config_.scale, scale, kLeastScale, kMostScale);
    pose.rotation_rad = clamped(config_.rotation, rotation, -kMostAngle, kMostAngle);
    pose.slanted = slant_(tied, stream(Purpose::kSlant, at));
    const double x =
        clamped(config_.translation_x, translation, -kMostTranslation, kMostTranslation);
    const double y =
        clamped(config_.translation_y, translation, -kMostTranslation, kMostTranslation);
    pose.translation = {x, y};
    if (missing_(tied, stream(Purpose::kMissing, at)))
      pose.translation = {kFarOutside, kFarOutside};
  }

  void draw_occlusions(std::uint64_t i, std::span<Symbol> symbols) const {
    if (symbols.empty()) return;
    Stream shape = stream(Purpose::kOcclusionShape, i);
    Stream placement = stream(Purpose::kOcclusionPlacement, i);
    Stream paint = stream(Purpose::kOcclusionPaint, i);
    Stream scale = stream(Purpose::kOcclusionScale, i);
    for (Symbol& symbol : symbols) {
      const std::size_t which = config_.occlusion_shape(shape);
      symbol.char_code = shape_codes_[which];
      symbol.character = shapes_[which];
      symbol.font_code = fonts_.occlusion_font;
      symbol.face = fonts_.occlusion_face;
      symbol.bold = false;
      symbol.pose.slanted = false;
      symbol.pose.scale = clamped(config_.occlusion_scale, scale, kLeastScale, kMostOcclusionScale);
      symbol.pose.rotation_rad =
          clamped(config_.occlusion_rotation, placement, -kMostAngle, kMostAngle);
      for (std::size_t axis = 0; axis < 2; ++axis) {
        symbol.pose.translation[axis] =
            clamped(axis == 0 ? config_.occlusion_translation_x : config_.occlusion_translation_y,
                    placement, -kMostTranslation, kMostTranslation);
      }
      occlusion_foreground_({}, paint, nullptr, symbol.foreground);
    }
  }

  void draw_image(std::uint64_t i, const Levels& tied, Scene& scene) const {
    Stream background = stream(Purpose::kBackground, i);
    Stream noise = stream(Purpose::kPixelNoise, i);
    Stream noise_scale = stream(Purpose::kNoiseScale, i);
    background_(tied, background, nullptr, scene.background);
    scene.inverse = inverse_(tied, stream(Purpose::kInverse, i));
    scene.max_contrast = max_contrast_(tied, stream(Purpose::kMaxContrast, i));
    scene.noise_scale = clamped(config_.noise, noise_scale, 0.0, 1.0);
    scene.noise_key = static_cast<std::int64_t>(noise.bits64() >> 1);
  }

  DatasetConfig config_;
  std::uint64_t seed_;
  JointTable joint_;
  IndependentCells independent_;
  QuotaCells quota_;
  FurtherSymbols further_;
  QuotaCells further_quota_;
  std::size_t color_;
  std::size_t language_;
  std::size_t char_;
  std::size_t font_;
  FlagDraw bold_;
  FlagDraw slant_;
  FlagDraw missing_;
  FlagDraw inverse_;
  FlagDraw max_contrast_;
  PatternDraw foreground_;
  PatternDraw background_;
  PatternDraw occlusion_foreground_;
  SplitAssignment splits_;
  FontChoice fonts_;
  std::vector<Rgb> palette_;
  std::vector<char32_t> chars_;
  std::vector<std::uint16_t> layer_codes_;  ///< Of `chars_`, over a first symbol.
  std::vector<char32_t> shapes_;
  std::vector<std::uint16_t> shape_codes_;
};

}  // namespace

RowSource sampled_rows(const DatasetConfig& given) {
  given.validate();
  const DatasetConfig config = with_families(given);
  RowSource source;
  source.rows = static_cast<std::uint64_t>(config.n);
  RowFormat& format = source.format;
  format.image = {static_cast<int>(config.size), config.grey ? 1 : 3};
  format.vocabulary.languages = language_names(config);
  format.vocabulary.chars = config.chars;
  format.vocabulary.colors = config.colors;
  format.vocabulary.palette = rgb_of(config.colors);
  if (config.needs_images()) {
    format.vocabulary.image_folder = config.images;
    format.vocabulary.images = pictures_in(config.images);
  }
  // Held by pointer: the source may be copied.
  const auto sampler = std::make_shared<const RowSampler>(config, format);
  sampler->refuse_empty_splits();
  source.fill = [sampler](std::uint64_t i, Row& row) { (*sampler)(i, row); };
  source.attributes = vocabulary_attributes(format.vocabulary);
  source.attributes["configuration"] = write_toml(config);
  source.attributes["seed"] = config.seed;
  if (config.masks != MaskKind::kFirst) source.attributes[kMaskAttribute] = to_text(config.masks);
  return source;
}

}  // namespace af::synth

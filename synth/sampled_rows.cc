#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/config_toml.h"
#include "core/random.h"
#include "fonts/characters.h"
#include "synth/bias.h"
#include "synth/factors.h"
#include "synth/font_choice.h"
#include "synth/palette.h"
#include "synth/row_source.h"

namespace af::synth {
namespace {

constexpr std::array kSplitShare{0.6, 0.2, 0.2};  // Synbols' default for its random split.

/// Draws rows; each factor has a stream of its own, addressed by the row.
class RowSampler {
 public:
  RowSampler(const DatasetConfig& config, RowFormat& format)
      : config_(config),
        seed_(static_cast<std::uint64_t>(config.seed)),
        independent_(config.bias(), seed_),
        quota_(config.bias(), seed_, static_cast<std::uint64_t>(config.n)),
        fonts_(choose_fonts(config, catalogue_of(config), format.vocabulary)),
        palette_(format.vocabulary.palette) {
    for (const std::string& text : config.chars) chars_.push_back(*fonts::code_point(text));
  }

  void operator()(std::uint64_t i, Row& row) const {
    const Cell cell = config_.draws == Draws::kQuota ? quota_(i) : independent_(i);
    row.index = static_cast<std::int64_t>(i);
    row.split = split(i);
    row.color_code = static_cast<std::uint16_t>(cell.color);
    row.layers = static_cast<std::uint8_t>(config_.occlusions);
    row.scene.symbols.resize(std::size_t{1} + row.layers);
    draw_symbol(i, cell, row.scene.symbols[0]);
    draw_occlusions(i, std::span(row.scene.symbols).subspan(1));
    draw_image(i, row.scene);
  }

 private:
  [[nodiscard]] Stream stream(Purpose purpose, std::uint64_t i) const {
    return {seed_, purpose, i};
  }

  [[nodiscard]] Split split(std::uint64_t i) const {
    const double u = stream(Purpose::kSplit, i).uniform();
    if (u < kSplitShare[0]) return Split::kTrain;
    return u < kSplitShare[0] + kSplitShare[1] ? Split::kVal : Split::kTest;
  }

  void draw_symbol(std::uint64_t i, const Cell& cell, Symbol& symbol) const {
    symbol.character = chars_[cell.character];
    symbol.char_code = static_cast<std::uint16_t>(cell.character);
    const auto families = static_cast<std::uint32_t>(fonts_.families.size());
    Stream font = stream(Purpose::kFont, i);
    Stream bold = stream(Purpose::kBold, i);
    Stream slant = stream(Purpose::kSlant, i);
    Stream scale = stream(Purpose::kScale, i);
    Stream rotation = stream(Purpose::kRotation, i);
    Stream translation = stream(Purpose::kTranslation, i);
    symbol.font_code = static_cast<std::uint16_t>(font.below(families));
    symbol.bold = factors::coin(bold);
    const FontChoice::Family& family = fonts_.families[symbol.font_code];
    symbol.face = symbol.bold ? family.bold : family.normal;
    symbol.pose = {factors::scale(scale), factors::rotation_rad(rotation), factors::coin(slant),
                   factors::translation(translation)};
    symbol.foreground.kind = PatternKind::kSolid;
    symbol.foreground.rgb = palette_[cell.color];
    symbol.foreground.gradient_count = 0;
  }

  void draw_occlusions(std::uint64_t i, std::span<Symbol> symbols) const {
    Stream shape = stream(Purpose::kOcclusionShape, i);
    Stream placement = stream(Purpose::kOcclusionPlacement, i);
    Stream paint = stream(Purpose::kOcclusionPaint, i);
    for (Symbol& symbol : symbols) {
      symbol.char_code = static_cast<std::uint16_t>(shape.below(factors::kOcclusionShapes.size()));
      symbol.character = shapes_[symbol.char_code];
      symbol.font_code = fonts_.occlusion_font;
      symbol.face = fonts_.occlusion_face;
      symbol.bold = false;
      const double rotation_rad = factors::occlusion_rotation_rad(placement);
      symbol.pose = {config_.occlusion_scale, rotation_rad, false,
                     factors::occlusion_translation(placement)};
      symbol.foreground = single(factors::gradient(paint));
    }
  }

  void draw_image(std::uint64_t i, Scene& scene) const {
    Stream background = stream(Purpose::kBackground, i);
    Stream noise = stream(Purpose::kPixelNoise, i);
    scene.background = single(factors::gradient(background));
    scene.inverse = false;  // Would turn a blue character into a yellow one.
    scene.max_contrast = true;
    scene.noise_scale = config_.noise;
    scene.noise_key = static_cast<std::int64_t>(noise.bits64() >> 1);
  }

  DatasetConfig config_;
  std::uint64_t seed_;
  IndependentCells independent_;
  QuotaCells quota_;
  FontChoice fonts_;
  std::vector<Rgb> palette_;
  std::vector<char32_t> chars_;
  std::array<char32_t, factors::kOcclusionShapes.size()> shapes_{U'■', U'▲', U'●'};
};

}  // namespace

RowSource sampled_rows(const DatasetConfig& given) {
  given.validate();
  const DatasetConfig config = with_families(given);
  RowSource source;
  source.rows = static_cast<std::uint64_t>(config.n);
  RowFormat& format = source.format;
  format.image = {static_cast<int>(config.size), 3};
  format.symbols = static_cast<std::size_t>(config.occlusions) + 1;
  format.vocabulary.chars = config.chars;
  format.vocabulary.colors = config.colors;
  for (const std::string& name : config.colors) {
    format.vocabulary.palette.push_back(*named_color(name));
  }
  // Held by pointer: the source may be copied.
  const auto sampler = std::make_shared<const RowSampler>(config, format);
  source.fill = [sampler](std::uint64_t i, Row& row) { (*sampler)(i, row); };
  source.attributes = vocabulary_attributes(format.vocabulary);
  source.attributes["configuration"] = write_toml(config);
  source.attributes["seed"] = config.seed;
  return source;
}

}  // namespace af::synth

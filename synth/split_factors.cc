#include "synth/split_factors.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "synth/factor_draws.h"
#include "synth/factors.h"

namespace af::synth {
namespace {

class Factors {
 public:
  explicit Factors(const JointTable& joint) : joint_(joint) {}

  void add_levels(const char* name, std::vector<std::string> levels,
                  std::function<double(const Row&)> at, const Choice* choice = nullptr) {
    SplitFactor factor{.name = name, .levels = std::move(levels), .at = std::move(at)};
    factor.possible.assign(factor.levels.size(), true);
    if (choice != nullptr || joint_.position(name) < joint_.factors.size()) {
      const LevelDraw draw(name, choice != nullptr ? *choice : Choice("false"), joint_);
      for (std::size_t k = 0; k < factor.levels.size(); ++k) {
        factor.possible[k] =
            std::ranges::find(draw.possible(), factor.levels[k]) != draw.possible().end();
      }
    }
    factors_.push_back(std::move(factor));
  }
  void add_number(const char* name, const Distribution& values, double low, double high,
                  std::function<double(const Row&)> at) {
    factors_.push_back(
        {.name = name, .values = values, .low = low, .high = high, .at = std::move(at)});
  }
  [[nodiscard]] std::vector<SplitFactor> take() && { return std::move(factors_); }

 private:
  const JointTable& joint_;
  std::vector<SplitFactor> factors_;
};

const Symbol& first(const Row& row) { return row.scene.symbols.front(); }

void add_symbol_factors(const DatasetConfig& config, Factors& factors) {
  const std::vector<std::string> flags{"false", "true"};
  const auto patterns = names_of<PatternKind>();
  if (!config.colors.empty()) {
    factors.add_levels("color", config.colors, [](const Row& row) { return row.color_code; });
  }
  factors.add_levels("char", config.chars, [](const Row& row) { return first(row).char_code; });
  factors.add_levels("font", config.fonts, [](const Row& row) { return first(row).font_code; });
  factors.add_levels(
      "bold", flags, [](const Row& row) { return first(row).bold ? 1.0 : 0.0; }, &config.bold);
  factors.add_levels(
      "slant", flags, [](const Row& row) { return first(row).pose.slanted ? 1.0 : 0.0; },
      &config.slant);
  factors.add_levels(
      "foreground", patterns,
      [](const Row& row) { return static_cast<double>(first(row).foreground.kind); },
      &config.foreground);
  factors.add_number("scale", config.scale, kLeastScale, kMostScale,
                     [](const Row& row) { return first(row).pose.scale; });
  factors.add_number("rotation", config.rotation, -kMostAngle, kMostAngle,
                     [](const Row& row) { return first(row).pose.rotation_rad; });
  factors.add_number("translation_x", config.translation_x, -kMostTranslation, kMostTranslation,
                     [](const Row& row) { return first(row).pose.translation[0]; });
  factors.add_number("translation_y", config.translation_y, -kMostTranslation, kMostTranslation,
                     [](const Row& row) { return first(row).pose.translation[1]; });
}

void add_image_factors(const DatasetConfig& config, Factors& factors) {
  const std::vector<std::string> flags{"false", "true"};
  factors.add_levels(
      "background", names_of<PatternKind>(),
      [](const Row& row) { return static_cast<double>(row.scene.background.kind); },
      &config.background);
  factors.add_levels(
      "inverse", flags, [](const Row& row) { return row.scene.inverse ? 1.0 : 0.0; },
      &config.inverse);
  factors.add_levels(
      "max_contrast", flags, [](const Row& row) { return row.scene.max_contrast ? 1.0 : 0.0; },
      &config.max_contrast);
  factors.add_number("noise", config.noise, 0.0, 1.0,
                     [](const Row& row) { return row.scene.noise_scale; });
  constexpr double kMost = 64;
  factors.add_number("symbols", config.symbols, 1.0, kMost,
                     [](const Row& row) { return row.symbols; });
  factors.add_number("occlusions", config.occlusions, 0.0, kMost, [](const Row& row) {
    return static_cast<double>(row.scene.symbols.size()) - row.symbols;
  });
}

}  // namespace

Interval Interval::intersected(const Interval& other) const {
  Interval both = *this;
  if (other.low > low || (other.low == low && other.low_open)) {
    both.low = other.low;
    both.low_open = other.low_open;
  }
  if (other.high < high || (other.high == high && other.high_open)) {
    both.high = other.high;
    both.high_open = other.high_open;
  }
  return both;
}

bool SplitFactor::can_be(const Interval& interval) const {
  const std::vector<double> few = values.values();
  if (!few.empty()) {
    return std::ranges::any_of(few, [&](double v) { return interval.contains(v); });
  }
  const auto [least, most] = values.support();
  if (values.whole()) {  // Integers.
    double next = std::max(std::ceil(interval.low), least);
    if (!interval.contains(next)) next += 1.0;
    return next <= most && interval.contains(next);
  }
  // What lies beyond an end is drawn as the end itself.
  if (least < low && interval.contains(low)) return true;
  if (most > high && interval.contains(high)) return true;
  return std::max({interval.low, least, low}) < std::min({interval.high, most, high});
}

std::vector<SplitFactor> split_factors(const DatasetConfig& config, const JointTable& joint) {
  Factors factors(joint);
  add_symbol_factors(config, factors);
  add_image_factors(config, factors);
  return std::move(factors).take();
}

}  // namespace af::synth

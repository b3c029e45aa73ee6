#include "synth/presets.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "core/errors.h"
#include "synth/row_source.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::synth {
namespace {

using testing::HasSubstr;

DatasetConfig configured(std::string_view name) {
  const Preset& preset = find_preset(name);
  DatasetConfig config;
  read_toml(parse_toml(preset.toml, std::string(name)), config);
  return config;
}

TEST(Presets, AreThoseOfSynbolsAndValid) {
  std::vector<std::string> names;
  for (const Preset& preset : presets()) {
    names.emplace_back(preset.name);
    DatasetConfig config = configured(preset.name);
    if (config.needs_images()) config.images = "pictures";
    config.validate();
    EXPECT_FALSE(preset.about().empty()) << preset.name;
  }
  EXPECT_THAT(names,
              testing::UnorderedElementsAre(
                  "plain", "default", "default-bw", "korean-1k", "camouflage", "non-camou-bw",
                  "non-camou-shade", "segmentation", "counting", "counting-fix-scale",
                  "counting-crowded", "missing-symbol", "some-large-occlusion",
                  "many-small-occlusion", "large-translation", "tiny", "balanced-font-chars",
                  "all-chars", "less-variations", "pixel-noise", "natural-patterns"));
}

TEST(Presets, AnUnknownOneIsAnsweredWithTheNearest) {
  EXPECT_THAT(test::refusal<ConfigError>([&] { return find_preset("camoflage"); }),
              HasSubstr("preset is 'camoflage' (did you mean 'camouflage'?)"));
}

/// Values of every factor in a number of rows, by the factors' names.
struct Found {
  std::map<std::string, std::vector<double>> numbers;
  std::map<std::string, std::vector<std::string>> words;
};

std::string flag(bool value) { return value ? "true" : "false"; }

void add_gradient(const Gradient& gradient, const std::string& name, Found& found) {
  const auto& p = gradient.points;
  if (gradient.kind == GradientKind::kLinear) {
    found.numbers[name + "_linear_x"].push_back(p[0]);
    found.numbers[name + "_linear_y"].push_back(p[1]);
    found.numbers[name + "_linear_angle"].push_back(std::atan2(p[3] - p[1], p[2] - p[0]));
    found.numbers[name + "_linear_length"].push_back(std::hypot(p[2] - p[0], p[3] - p[1]));
  } else {
    const std::array parts{"x0", "y0", "radius0", "x1", "y1", "radius1"};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      found.numbers[name + "_radial_" + parts[i]].push_back(p[i]);
    }
  }
  for (const Stop& stop : gradient.stops) {
    const std::array channels{"red", "green", "blue", "alpha"};
    for (std::size_t i = 0; i < channels.size(); ++i) {
      found.numbers[fmt::format("{}_stop{}_{}", name, stop.position, channels[i])].push_back(
          stop.rgba[i]);
    }
  }
}

void add_pattern(const Pattern& pattern, const std::string& name, Found& found) {
  found.words[name].push_back(to_text(pattern.kind));
  switch (pattern.kind) {
    case PatternKind::kNone:
    case PatternKind::kSolid: return;
    case PatternKind::kLinear:
    case PatternKind::kRadial: return add_gradient(pattern.gradients[0], name, found);
    case PatternKind::kMulti:
      for (const Gradient& gradient : pattern.layers()) {
        found.words[name + "_gradient"].push_back(to_text(gradient.kind));
        add_gradient(gradient, name, found);
      }
      return;
    case PatternKind::kCamouflage: {
      const Camouflage& of = pattern.camouflage;
      found.words[name + "_strokes"].push_back(std::to_string(of.count));
      found.numbers[name + "_stroke_angle"].push_back(of.shape.angle_rad);
      found.numbers[name + "_stroke_length"].push_back(of.shape.length);
      found.numbers[name + "_stroke_width"].push_back(of.shape.width);
      found.numbers[name + "_stroke_noise"].push_back(of.shape.noise);
      return;
    }
    case PatternKind::kImage: {
      found.words[name + "_picture"].push_back(std::to_string(pattern.image));
      const std::array sides{"left", "top", "right", "bottom"};
      for (std::size_t i = 0; i < sides.size(); ++i) {
        found.numbers[name + "_crop_" + sides[i]].push_back(pattern.crop[i]);
      }
      return;
    }
  }
}

void add_symbol(const Symbol& symbol, const std::string& prefix, const std::string& text,
                Found& found) {
  found.words[prefix + "char"].push_back(text);
  found.numbers[prefix + "scale"].push_back(symbol.pose.scale);
  found.numbers[prefix + "rotation"].push_back(symbol.pose.rotation_rad);
  found.numbers[prefix + "translation_x"].push_back(symbol.pose.translation[0]);
  found.numbers[prefix + "translation_y"].push_back(symbol.pose.translation[1]);
  add_pattern(symbol.foreground, prefix + "foreground", found);
}

void add_row(const Row& row, const RowFormat& format, Found& found) {
  const Vocabulary& words = format.vocabulary;
  for (std::size_t i = 0; i < row.scene.symbols.size(); ++i) {
    const Symbol& symbol = row.scene.symbols[i];
    const std::string& text = (i == 0 ? words.chars : words.layer_chars).at(symbol.char_code);
    const bool occlusion = i >= row.symbols;
    add_symbol(symbol, occlusion ? "occlusion_" : "", text, found);
    if (occlusion) continue;
    found.words["font"].push_back(words.fonts.at(symbol.font_code));
    found.words["bold"].push_back(flag(symbol.bold));
    found.words["slant"].push_back(flag(symbol.pose.slanted));
  }
  found.words["symbols"].push_back(std::to_string(row.symbols));
  found.words["occlusions"].push_back(std::to_string(row.scene.symbols.size() - row.symbols));
  if (!words.languages.empty()) {
    found.words["language"].push_back(words.languages.at(row.language_code));
  }
  add_pattern(row.scene.background, "background", found);
  found.words["inverse"].push_back(flag(row.scene.inverse));
  found.words["max_contrast"].push_back(flag(row.scene.max_contrast));
  found.numbers["noise"].push_back(row.scene.noise_scale);
  found.words["size"].push_back(std::to_string(format.image.resolution));
  found.words["grey"].push_back(flag(format.image.channels == 1));
}

/// With pictures, and the languages of the oracle where the preset has some.
Found drawn(const std::string& preset, std::uint64_t rows, const std::string& pictures,
            const nlohmann::json& languages) {
  DatasetConfig config = configured(preset);
  config.n = static_cast<std::int64_t>(rows);
  config.seed = 3;
  if (config.needs_images()) config.images = pictures;
  if (!config.languages.empty()) {
    config.languages = languages.at("languages");
    config.fonts = languages.at("fonts");
  }
  const RowSource source = sampled_rows(config);
  Found found;
  Row row;
  for (std::uint64_t i = 0; i < rows; ++i) {
    source.fill(i, row);
    add_row(row, source.format, found);
  }
  return found;
}

/// Counts of two samples in the same cells.
using Cells = std::vector<std::pair<double, double>>;

/// p-value of the chi-square test that both samples have one distribution; cells of fewer than ten
/// are counted as one.
double p_value(const Cells& all) {
  Cells cells{{0.0, 0.0}};
  for (const auto& [a, b] : all) {
    if (a + b >= 10.0) {
      cells.emplace_back(a, b);
    } else {
      cells.front() = {cells.front().first + a, cells.front().second + b};
    }
  }
  double total_a = 0.0;
  double total_b = 0.0;
  for (const auto& [a, b] : cells) {
    total_a += a;
    total_b += b;
  }
  double statistic = 0.0;
  double degrees = -1.0;
  for (const auto& [a, b] : cells) {
    if (a + b == 0.0) continue;
    const double off = a * std::sqrt(total_b / total_a) - b * std::sqrt(total_a / total_b);
    statistic += off * off / (a + b);
    degrees += 1.0;
  }
  if (degrees < 1.0) return 1.0;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), statistic));
}

Cells level_cells(const nlohmann::json& levels, const std::string& factor, const Found& found) {
  std::map<std::string, std::pair<double, double>> counts;
  for (const auto& [level, count] : levels.items()) counts[level].first = count.get<double>();
  if (found.words.contains(factor)) {
    for (const std::string& word : found.words.at(factor)) counts[word].second += 1.0;
  } else {
    // A number of few values: each goes to the level that it is.
    for (const double value : found.numbers.at(factor)) {
      const auto level = std::ranges::find_if(counts, [&](const auto& entry) {
        return std::abs(std::stod(entry.first) - value) < 1e-9;
      });
      if (level == counts.end()) return {{1.0, 0.0}, {0.0, 1e6}};  // Synbols has no such value.
      level->second.second += 1.0;
    }
  }
  Cells cells;
  for (const auto& [level, both] : counts) cells.push_back(both);
  return cells;
}

Cells bin_cells(const nlohmann::json& bins, const std::vector<double>& values) {
  const auto edges = bins.at("edges").get<std::vector<double>>();
  Cells cells;
  for (const double count : bins.at("counts")) cells.emplace_back(count, 0.0);
  for (const double value : values) {
    const auto bin = std::ranges::upper_bound(edges, value) - edges.begin();
    cells[static_cast<std::size_t>(bin)].second += 1.0;
  }
  return cells;
}

/// Every factor of every preset against 2,000 rows of Synbols (tests/oracle/synbols_marginals.py).
TEST(Presets, DrawEveryFactorAsSynbolsDoes) {
  const test::TempDir pictures;
  for (int i = 0; i < 5; ++i) {
    std::filesystem::copy_file(AF_SOURCE_DIR "/tests/golden/pictures/rgb.png",
                               pictures / fmt::format("{}.png", i));
  }
  std::ifstream file(AF_SOURCE_DIR "/tests/oracle/synbols_marginals.json");
  const nlohmann::json oracle = nlohmann::json::parse(file);
  std::map<std::string, double> p_values;
  for (const auto& [preset, factors] : oracle.at("presets").items()) {
    const Found found = drawn(preset, 2000, pictures.path(), oracle.at("many_languages"));
    for (const auto& [factor, expected] : factors.items()) {
      ASSERT_TRUE(found.words.contains(factor) || found.numbers.contains(factor))
          << preset << ", " << factor;
      const Cells cells = expected.contains("levels")
                              ? level_cells(expected.at("levels"), factor, found)
                              : bin_cells(expected, found.numbers.at(factor));
      p_values[preset + ", " + factor] = p_value(cells);
    }
  }
  EXPECT_EQ(oracle.at("presets").size(), presets().size());
  const double alpha = 1.0 - std::pow(1.0 - 1e-3, 1.0 / static_cast<double>(p_values.size()));
  for (const auto& [name, p] : p_values) EXPECT_GE(p, alpha) << name;
}

}  // namespace
}  // namespace af::synth

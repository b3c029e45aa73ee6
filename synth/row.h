#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "synth/renderer.h"
#include "synth/scene.h"
#include "synth/vocabulary.h"

namespace af::synth {

enum class Split : std::uint16_t { kTrain, kVal, kTest };
constexpr auto enum_names(Split) {
  return std::array{std::pair{Split::kTrain, "train"}, std::pair{Split::kVal, "val"},
                    std::pair{Split::kTest, "test"}};
}

/// One row of a data set but for its pixels.
struct Row {
  std::int64_t index = 0;
  Split split = Split::kTrain;
  std::uint16_t color_code = 0;  ///< Of the first symbol, if the vocabulary has colours.
  std::uint8_t layers = 0;       ///< Symbols over the first one.
  Scene scene;
};

/// What the columns of a pattern have room for.
struct PatternRoom {
  std::size_t gradients = 0;  ///< Most of a pattern.
  bool camouflage = false;    ///< What strokes are drawn from.
  std::size_t strokes = 0;    ///< Most listed strokes of a pattern.

  /// Makes room for a pattern.
  void fit(const Pattern& pattern);
};

/// What the columns of a data set have room for.
struct RowFormat {
  ImageFormat image;
  std::size_t symbols = 1;  ///< Most symbols of a row.
  PatternRoom background{.gradients = 1};
  PatternRoom foreground;              ///< Of first symbols.
  PatternRoom layers{.gradients = 1};  ///< Foregrounds of those over them.
  Vocabulary vocabulary;
};

}  // namespace af::synth

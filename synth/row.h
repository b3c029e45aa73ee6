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
  std::uint16_t color_code = 0;     ///< Of the first symbol, if the vocabulary has colours.
  std::uint16_t language_code = 0;  ///< Likewise.
  std::uint8_t symbols = 1;         ///< Of the scene's symbols, those that are no occlusions.
  std::uint8_t layers = 0;          ///< Symbols over the first one.
  Scene scene;
};

/// File attribute that says what `mask` holds, unless it is the first symbol's coverage.
inline constexpr const char* kMaskAttribute = "masks";

/// What the columns of a pattern have room for.
struct PatternRoom {
  std::size_t gradients = 0;  ///< Most of a pattern; with more than one each says its kind.
  bool camouflage = false;    ///< What strokes are drawn from.
  std::size_t strokes = 0;    ///< Most listed strokes of a pattern.
  bool images = false;        ///< Crops of pictures.

  /// Makes room for patterns of a kind with so many gradients at most.
  void fit(PatternKind kind, std::size_t most_gradients);
  /// Makes room for a pattern.
  void fit(const Pattern& pattern);
};

/// What the columns of a data set have room for.
struct RowFormat {
  ImageFormat image;
  std::size_t symbols = 1;  ///< Most symbols of a row, occlusions among them.
  bool counts = false;      ///< Whether rows have a column `symbols`.
  PatternRoom background{.gradients = 1};
  PatternRoom foreground;              ///< Of first symbols.
  PatternRoom layers{.gradients = 1};  ///< Foregrounds of those over them.
  Vocabulary vocabulary;
};

}  // namespace af::synth

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

/// What the columns of a data set have room for.
struct RowFormat {
  ImageFormat image;
  std::size_t symbols = 1;               ///< Most symbols of a row.
  std::size_t background_gradients = 1;  ///< Most of a row.
  bool foreground_gradients = false;     ///< Of first symbols; those over it always have room.
  Vocabulary vocabulary;
};

}  // namespace af::synth

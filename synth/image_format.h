#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace af::synth {

/// What the masks of a data set say.
enum class MaskKind : std::uint16_t {
  kFirst,  ///< Coverage of the first symbol, 0..255.
  kEach,   ///< Coverage of every symbol, a layer each; zeros where a row has fewer.
  /// The number of the last symbol in drawing order, from 1 on, that covers more than 2 of 255 of
  /// the pixel; 0 where none does. Source: Synbols 1.0.2, `flatten_mask`.
  kFlat,
};
constexpr auto enum_names(MaskKind) {
  return std::array{std::pair{MaskKind::kFirst, "first"}, std::pair{MaskKind::kEach, "each"},
                    std::pair{MaskKind::kFlat, "flat"}};
}

/// Shape of every image of a data set.
struct ImageFormat {
  int resolution = 64;  ///< Side, in pixels.
  int channels = 3;     ///< 3: RGB, 1: grey.
  MaskKind masks = MaskKind::kFirst;
  std::size_t mask_layers = 1;  ///< 1 unless each symbol has one.

  [[nodiscard]] std::size_t pixels() const {
    return static_cast<std::size_t>(resolution) * static_cast<std::size_t>(resolution);
  }
  [[nodiscard]] std::size_t image_bytes() const {
    return pixels() * static_cast<std::size_t>(channels);
  }
  [[nodiscard]] std::size_t mask_bytes() const { return pixels() * mask_layers; }
};

}  // namespace af::synth

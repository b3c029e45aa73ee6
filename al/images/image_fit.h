#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace af::al {

/// Pixels [height, width, channels] of bytes.
struct ImageShape {
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::int64_t channels = 0;

  [[nodiscard]] std::size_t bytes() const noexcept {
    return static_cast<std::size_t>(height * width * channels);
  }
  bool operator==(const ImageShape&) const = default;
};

/// Sides that images may have once they are fitted.
inline constexpr std::int64_t kLeastSide = 8;
inline constexpr std::int64_t kLargestSide = 512;

/// What is done to every image at load, in this order.
struct ImageFit {
  /// Side of the square that images are resampled to, whatever their shape: linearly, by triangles
  /// as wide as what a pixel comes from where they shrink (as PIL and torchvision with antialias
  /// do).
  std::optional<std::int64_t> resize;
  /// Edge of the squares of pixels that are averaged, rounded half up to whole bytes: half a grey
  /// level at most is lost. What does not fill a square at the right and lower edge is left out.
  std::int64_t downscale = 1;
};

/// @param where  Names the image in a message.
/// @throws InputError if the fitted image has a side outside of 8 to 512.
[[nodiscard]] ImageShape fitted_shape(const ImageShape& from, const ImageFit& fit,
                                      const std::string& where);

/// @param image  [from.height, from.width, from.channels]
/// @param out    As many bytes as the fitted shape has.
void fit_image(std::span<const std::uint8_t> image, const ImageShape& from, const ImageFit& fit,
               std::span<std::uint8_t> out);

}  // namespace af::al

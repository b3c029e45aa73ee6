#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fonts/glyph_transform.h"
#include "synth/pattern.h"
#include "synth/ramp.h"

namespace af::synth {

inline constexpr std::size_t kMostPictures = 1000;  ///< Of a folder.

/// Pictures below a folder, by their paths in it, sorted: what OpenCV reads of .jpg, .jpeg, .png,
/// .bmp, .webp, .tif and .tiff.
/// @throws InputError if the folder is missing, or holds no picture or too many.
[[nodiscard]] std::vector<std::string> pictures_in(const std::filesystem::path& folder);

/// Crops of pictures, decoded when they are first drawn and kept while there is room. A picture
/// whose shorter side is more than `kMostDetail` times the image's is first reduced to that. A crop
/// is resampled to the image's size whatever its shape, by OpenCV: the mean over each pixel's area
/// if it shrinks both ways, else linear in fixed point. Not thread-safe.
class Pictures {
 public:
  static constexpr int kMostDetail = 16;

  Pictures();
  Pictures(std::filesystem::path folder, std::vector<std::string> names);
  ~Pictures();
  /// The same pictures for another thread, which decodes and keeps its own.
  [[nodiscard]] Pictures sibling() const;
  Pictures(Pictures&&) noexcept;
  Pictures& operator=(Pictures&&) noexcept;

  /// Paints the pattern's crop, opaque, into a part of the image.
  /// @param box  That part, in rows without gaps.
  /// @throws InputError if the picture cannot be decoded.
  void paint(const Pattern& pattern, int resolution, const fonts::PixelBox& box,
             const PixelRun& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace af::synth

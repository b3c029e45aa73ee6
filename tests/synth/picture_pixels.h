#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "synth/pictures.h"
#include "tests/support/program.h"

namespace af::test {

/// Width and height out of a PNG's first chunk.
inline std::pair<int, int> png_size(const std::string& bytes) {
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
  const auto number = [&](std::size_t at) {
    int value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value = value * 256 + static_cast<unsigned char>(bytes.at(at + i));
    return value;
  };
  return {number(16), number(20)};
}

/// [side, side, 3] RGB: a square of a picture file that is at most 16 times as high.
inline std::vector<std::uint8_t> picture_pixels(const std::filesystem::path& file, int left,
                                                int top, int side) {
  const auto [width, height] = png_size(file_bytes(file));
  synth::Pattern pattern;
  pattern.kind = synth::PatternKind::kImage;
  pattern.crop = {(left + 0.5) / width, (top + 0.5) / height, (left + side + 0.5) / width,
                  (top + side + 0.5) / height};
  const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  std::vector<std::vector<std::uint8_t>> planes(4, std::vector<std::uint8_t>(pixels));
  synth::Pictures pictures(file.parent_path(), {file.filename().string()});
  pictures.paint(pattern, side, {0, side, 0, side},
                 {{planes[0].data(), planes[1].data(), planes[2].data()}, planes[3].data()});
  std::vector<std::uint8_t> rgb;
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t channel = 0; channel < 3; ++channel) rgb.push_back(planes[channel][i]);
  }
  return rgb;
}

}  // namespace af::test

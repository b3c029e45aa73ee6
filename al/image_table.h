#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// A data set file in host memory: images as bytes, two categorical columns.
namespace af::al {

/// A categorical column.
struct Factor {
  std::string name;
  std::vector<std::string> vocabulary;
  std::vector<std::uint16_t> codes;  ///< [N], positions in the vocabulary.

  [[nodiscard]] std::size_t size() const noexcept { return vocabulary.size(); }
};

struct ImageTable {
  std::filesystem::path path;
  std::int64_t rows = 0;
  std::int64_t height = 0;  ///< In pixels, after averaging.
  std::int64_t width = 0;
  std::int64_t channels = 0;
  std::vector<std::uint8_t> pixels;  ///< [N, height, width, channels]
  Factor target;
  Factor group;

  [[nodiscard]] std::int64_t image_bytes() const noexcept { return height * width * channels; }
};

/// Which columns of a file are meant, and the edge in pixels of the squares that are averaged.
struct ImageColumns {
  std::string image;
  std::string target;
  std::string group;
  std::int64_t downscale = 1;
};

/// Reads a file. Averages are rounded half up to whole bytes: half a grey level at most is lost,
/// far below the noise of the images, and the pool needs a quarter of the memory (at 2x2).
/// @throws InputError if the file is not a data set of the contract, lacks a column, or has images
///         or columns that cannot be used.
[[nodiscard]] ImageTable read_image_table(const std::filesystem::path& path,
                                          const ImageColumns& columns);

/// Recodes the categorical columns of `test` by the vocabularies of `train`.
/// @throws InputError if the images differ in size, or `test` has a value that `train` lacks.
void match_vocabularies(const ImageTable& train, ImageTable& test);

}  // namespace af::al

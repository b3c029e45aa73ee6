#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "al/images/factor.h"
#include "al/images/image_fit.h"

/// A data set in host memory: images as bytes, two categorical columns.
namespace af::al {

struct ImageTable {
  std::filesystem::path path;
  std::int64_t rows = 0;
  std::int64_t height = 0;  ///< In pixels, once fitted.
  std::int64_t width = 0;
  std::int64_t channels = 0;
  std::vector<std::uint8_t> pixels;  ///< [N, height, width, channels]
  Factor target;
  Factor group;

  [[nodiscard]] std::int64_t image_bytes() const noexcept { return height * width * channels; }
};

/// Which columns are meant, and what is done to the images.
struct ImageColumns {
  std::string image;
  std::string target;
  std::string group;
  ImageFit fit;
};

/// Whether a path names pictures with a table (a CSV file, or a folder) rather than an HDF5 file.
[[nodiscard]] bool is_picture_table(const std::filesystem::path& path);

/// Reads a data set of the contract, any other HDF5 file with such columns at its root
/// (hdf5_images.h), or a table of pictures (picture_table.h).
/// @throws InputError if it cannot be read, lacks a column, or has images or columns that cannot be
///         used.
[[nodiscard]] ImageTable read_image_table(const std::filesystem::path& path,
                                          const ImageColumns& columns);

/// SHA-256 of what `read_image_table` reads: of the data set (core/dataset_digest.h), or of a text
/// of the check sums of the table and of each picture in its order, a line each. @throws InputError
[[nodiscard]] std::string sha256_of_table(const std::filesystem::path& path,
                                          const std::string& image_column);

/// Recodes the categorical columns of `test` by the vocabularies of `train`.
/// @throws InputError if the images differ in size, or `test` has a value that `train` lacks.
void match_vocabularies(const ImageTable& train, ImageTable& test);

}  // namespace af::al

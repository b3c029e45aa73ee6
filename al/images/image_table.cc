#include "al/images/image_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "al/images/hdf5_images.h"
#include "al/images/picture_table.h"
#include "core/dataset_digest.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "core/text.h"

namespace af::al {
namespace {

ImageTable read_hdf5(const std::filesystem::path& path, const ImageColumns& columns) {
  const DatasetReader file = open_images(path, {columns.image, columns.target, columns.group});
  if (file.rows() == 0) {
    throw InputError(fmt::format("{} has no rows, expected at least 1", path.string()));
  }
  const ImageShape shape = fitted_image_shape(file, columns.image, columns.fit);
  ImageTable table{.path = path,
                   .rows = static_cast<std::int64_t>(file.rows()),
                   .height = shape.height,
                   .width = shape.width,
                   .channels = shape.channels,
                   .pixels = {},
                   .target = read_factor(file, columns.target),
                   .group = read_factor(file, columns.group)};
  table.pixels = read_images(file, columns.image, columns.fit);
  return table;
}

ImageTable read_pictures(const std::filesystem::path& path, const ImageColumns& columns) {
  const PictureTable pictures(path, columns.image);
  ImageTable table{.path = path,
                   .rows = static_cast<std::int64_t>(pictures.files().size()),
                   .pixels = {},
                   .target = pictures.factor(columns.target),
                   .group = pictures.factor(columns.group)};
  FittedPictures fitted = decoded_pictures(pictures, columns.fit);
  table.height = fitted.shape.height;
  table.width = fitted.shape.width;
  table.channels = fitted.shape.channels;
  table.pixels = std::move(fitted.pixels);
  return table;
}

void recode(const Factor& to, Factor& factor, const std::filesystem::path& path) {
  std::vector<std::uint16_t> code_of;
  for (const std::string& value : factor.vocabulary) {
    const auto found = std::ranges::find(to.vocabulary, value);
    if (found == to.vocabulary.end()) {
      throw InputError(
          fmt::format("{}: column '{}' has the value '{}', expected only {} as in the "
                      "training file",
                      path.string(), factor.name, value, listed_some(to.vocabulary)));
    }
    code_of.push_back(static_cast<std::uint16_t>(found - to.vocabulary.begin()));
  }
  for (std::uint16_t& code : factor.codes) code = code_of[code];
  factor.vocabulary = to.vocabulary;
}

}  // namespace

bool is_picture_table(const std::filesystem::path& path) {
  return path.extension() == ".csv" || std::filesystem::is_directory(path);
}

ImageTable read_image_table(const std::filesystem::path& path, const ImageColumns& columns) {
  return is_picture_table(path) ? read_pictures(path, columns) : read_hdf5(path, columns);
}

std::string sha256_of_table(const std::filesystem::path& path, const std::string& image_column) {
  if (!is_picture_table(path)) {
    return sha256_of_dataset(DatasetReader(path, FileKind::kAnyHdf5, {image_column}));
  }
  const PictureTable pictures(path, image_column);
  std::string sums = sha256_of_file(pictures.path()) + "\n";
  for (const std::filesystem::path& file : pictures.files()) sums += sha256_of_file(file) + "\n";
  return sha256_of_text(sums);
}

void match_vocabularies(const ImageTable& train, ImageTable& test) {
  if (train.height != test.height || train.width != test.width || train.channels != test.channels) {
    throw InputError(fmt::format("{}: images of {}x{}x{} once fitted, expected {}x{}x{} as in {}",
                                 test.path.string(), test.height, test.width, test.channels,
                                 train.height, train.width, train.channels, train.path.string()));
  }
  recode(train.target, test.target, test.path);
  recode(train.group, test.group, test.path);
}

}  // namespace af::al

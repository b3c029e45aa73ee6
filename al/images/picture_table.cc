#include "al/images/picture_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "al/images/picture_file.h"
#include "core/csv_scan.h"
#include "core/errors.h"
#include "core/parallel.h"
#include "core/text.h"

namespace af::al {
namespace {

constexpr const char* kTableOfAFolder = "metadata.csv";

/// Calls take(i) for every picture, on all hardware threads.
template <class Take>
void for_each_picture(const PictureTable& table, Take take) {
  const int threads = resolve_threads(0);
  run_ordered({.blocks = table.files().size(),
               .threads = threads,
               .slots = 2 * threads,
               .produce = [&](std::uint64_t i, int /*slot*/) { take(static_cast<std::size_t>(i)); },
               .consume = {}});
}

std::vector<ImageShape> picture_shapes(const PictureTable& table) {
  std::vector<ImageShape> shapes(table.files().size());
  for_each_picture(table, [&](std::size_t i) { shapes[i] = picture_shape(table.files()[i]); });
  return shapes;
}

void check_one_size(const PictureTable& table, const std::vector<ImageShape>& shapes) {
  const ImageShape& first = shapes.front();
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].height == first.height && shapes[i].width == first.width) continue;
    throw InputError(
        fmt::format("{} has {}x{} pixels, expected {}x{} as {} has; --resize brings "
                    "all to one size",
                    table.files()[i].string(), shapes[i].height, shapes[i].width, first.height,
                    first.width, table.files().front().string()));
  }
}

}  // namespace

PictureTable::PictureTable(const std::filesystem::path& path, const std::string& image_column)
    : path_(std::filesystem::is_directory(path) ? path / kTableOfAFolder : path) {
  if (!std::filesystem::is_regular_file(path_)) {
    throw InputError(
        fmt::format("{} does not exist, expected a table of pictures", path_.string()));
  }
  CsvScan scan(path_);
  if (auto header = scan.next()) header_ = std::move(header->fields);
  const std::size_t column = column_index(image_column);
  while (auto record = scan.next()) {
    if (record->fields.size() != header_.size()) {
      throw InputError(fmt::format("{}, line {}: {} fields, expected {} as in the header",
                                   path_.string(), record->line, record->fields.size(),
                                   header_.size()));
    }
    if (record->fields[column].empty()) {
      throw InputError(fmt::format("{}, line {}: column '{}' is empty, expected a picture's path",
                                   path_.string(), record->line, image_column));
    }
    files_.push_back(path_.parent_path() / record->fields[column]);
    rows_.push_back(std::move(record->fields));
  }
  if (rows_.empty()) {
    throw InputError(fmt::format("{} has no rows, expected at least 1", path_.string()));
  }
}

std::size_t PictureTable::column_index(const std::string& name) const {
  const auto found = std::ranges::find(header_, name);
  if (found == header_.end()) {
    throw InputError(fmt::format("{} has no column '{}'{}; it has {}", path_.string(), name,
                                 did_you_mean(name, header_), listed_some(header_)));
  }
  return static_cast<std::size_t>(found - header_.begin());
}

Factor PictureTable::factor(const std::string& column) const {
  const std::size_t index = column_index(column);
  std::vector<std::string> texts;
  for (const std::vector<std::string>& row : rows_) texts.push_back(row[index]);
  return factor_of_texts(column, texts, path_.string());
}

FittedPictures decoded_pictures(const PictureTable& table, const ImageFit& fit) {
  const std::vector<ImageShape> shapes = picture_shapes(table);
  if (!fit.resize) check_one_size(table, shapes);
  const std::int64_t channels = std::ranges::max(shapes, {}, &ImageShape::channels).channels;
  const ImageShape first{shapes.front().height, shapes.front().width, channels};
  FittedPictures fitted{fitted_shape(first, fit, table.path().string()), {}};
  const std::size_t kept = fitted.shape.bytes();
  fitted.pixels.resize(shapes.size() * kept);
  for_each_picture(table, [&](std::size_t i) {
    const ImageShape from{shapes[i].height, shapes[i].width, channels};
    fit_image(decoded_picture(table.files()[i], channels), from, fit,
              std::span(fitted.pixels).subspan(i * kept, kept));
  });
  return fitted;
}

}  // namespace af::al

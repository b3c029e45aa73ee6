#include "al/image_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/dataset_reader.h"
#include "core/errors.h"
#include "core/text.h"

namespace af::al {
namespace {

constexpr std::uint64_t kRowsAtOnce = 256;

struct ImageShape {
  std::size_t height;
  std::size_t width;
  std::size_t channels;
};

ImageShape image_shape(const DatasetReader& file, const ImageColumns& columns) {
  const Column& image = file.column(columns.image);
  const std::vector<std::uint64_t>& shape = image.item_shape;
  const auto size = static_cast<std::uint64_t>(columns.downscale);
  const bool is_image =
      image.type == ElementType::kUint8 && shape.size() == 3 && (shape[2] == 1 || shape[2] == 3);
  if (!is_image) {
    throw InputError(
        fmt::format("{}: column '{}' holds no images, expected bytes [N, height, width, 1 or 3]",
                    file.path().string(), columns.image));
  }
  if (shape[0] / size < 8 || shape[1] / size < 8) {
    throw InputError(fmt::format(
        "{}: images of {}x{} pixels averaged by {} are too small, expected 8x8 or more after it",
        file.path().string(), shape[0], shape[1], size));
  }
  return {shape[0] / size, shape[1] / size, shape[2]};
}

/// Averages squares of `size` x `size` pixels of one image; what does not fill a square at the
/// right and lower edge is left out.
void average(std::span<const std::uint8_t> image, std::size_t width, std::size_t size,
             const ImageShape& to, std::span<std::uint8_t> out) {
  const auto area = static_cast<unsigned>(size * size);
  std::size_t at = 0;
  for (std::size_t y = 0; y < to.height; ++y) {
    for (std::size_t x = 0; x < to.width; ++x) {
      for (std::size_t c = 0; c < to.channels; ++c) {
        unsigned sum = area / 2;
        for (std::size_t dy = 0; dy < size; ++dy) {
          for (std::size_t dx = 0; dx < size; ++dx) {
            sum += image[((y * size + dy) * width + x * size + dx) * to.channels + c];
          }
        }
        out[at++] = static_cast<std::uint8_t>(sum / area);
      }
    }
  }
}

std::vector<std::uint8_t> read_pixels(const DatasetReader& file, const ImageColumns& columns,
                                      const ImageShape& to) {
  const Column& image = file.column(columns.image);
  const std::size_t item = image.item_bytes();
  const std::size_t kept = to.height * to.width * to.channels;
  std::vector<std::uint8_t> pixels(file.rows() * kept);
  std::vector<std::uint8_t> block(kRowsAtOnce * item);
  for (std::uint64_t first = 0; first < file.rows(); first += kRowsAtOnce) {
    const std::uint64_t count = std::min(kRowsAtOnce, file.rows() - first);
    file.read(columns.image, first, count,
              std::as_writable_bytes(std::span(block).first(count * item)));
    for (std::uint64_t i = 0; i < count; ++i) {
      average(std::span(block).subspan(i * item, item), image.item_shape[1],
              static_cast<std::size_t>(columns.downscale), to,
              std::span(pixels).subspan((first + i) * kept, kept));
    }
  }
  return pixels;
}

Factor read_factor(const DatasetReader& file, const std::string& name) {
  const Column& column = file.categorical(name);
  if (column.vocabulary.size() < 2) {
    throw InputError(fmt::format("{}: column '{}' has {} value, expected at least 2",
                                 file.path().string(), name, column.vocabulary.size()));
  }
  Factor factor{name, column.vocabulary, file.read_all<std::uint16_t>(name)};
  const auto bad = std::ranges::find_if(
      factor.codes, [&](std::uint16_t code) { return code >= factor.vocabulary.size(); });
  if (bad != factor.codes.end()) {
    throw InputError(fmt::format("{}: row {} of column '{}' has code {}, expected less than {}",
                                 file.path().string(), bad - factor.codes.begin(), name, *bad,
                                 factor.vocabulary.size()));
  }
  return factor;
}

void recode(const Factor& to, Factor& factor, const std::filesystem::path& path) {
  std::vector<std::uint16_t> code_of;
  for (const std::string& value : factor.vocabulary) {
    const auto found = std::ranges::find(to.vocabulary, value);
    if (found == to.vocabulary.end()) {
      throw InputError(
          fmt::format("{}: column '{}' has the value '{}', expected only {} as in the "
                      "training file",
                      path.string(), factor.name, value, listed(to.vocabulary)));
    }
    code_of.push_back(static_cast<std::uint16_t>(found - to.vocabulary.begin()));
  }
  for (std::uint16_t& code : factor.codes) code = code_of[code];
  factor.vocabulary = to.vocabulary;
}

}  // namespace

ImageTable read_image_table(const std::filesystem::path& path, const ImageColumns& columns) {
  const DatasetReader file(path);
  if (file.rows() == 0) {
    throw InputError(fmt::format("{} has no rows, expected at least 1", path.string()));
  }
  const ImageShape shape = image_shape(file, columns);
  ImageTable table;
  table.path = path;
  table.rows = static_cast<std::int64_t>(file.rows());
  table.height = static_cast<std::int64_t>(shape.height);
  table.width = static_cast<std::int64_t>(shape.width);
  table.channels = static_cast<std::int64_t>(shape.channels);
  table.target = read_factor(file, columns.target);
  table.group = read_factor(file, columns.group);
  table.pixels = read_pixels(file, columns, shape);
  return table;
}

void match_vocabularies(const ImageTable& train, ImageTable& test) {
  if (train.height != test.height || train.width != test.width || train.channels != test.channels) {
    throw InputError(
        fmt::format("{}: images of {}x{}x{} after averaging, expected {}x{}x{} as in {}",
                    test.path.string(), test.height, test.width, test.channels, train.height,
                    train.width, train.channels, train.path.string()));
  }
  recode(train.target, test.target, test.path);
  recode(train.group, test.group, test.path);
}

}  // namespace af::al

#include "al/images/hdf5_images.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>

#include "core/errors.h"

namespace af::al {
namespace {

constexpr std::uint64_t kBytesAtOnce = std::uint64_t{32} << 20;

/// How the elements of one image lie in the file.
struct ImageLayout {
  ImageShape shape;
  bool planes = false;  ///< [channels, height, width]
};

bool is_channels(std::uint64_t count) { return count == 1 || count == 3; }

std::optional<ImageLayout> layout_of(const Column& column) {
  const bool fits = column.type == ElementType::kUint8 || column.type == ElementType::kFloat32 ||
                    column.type == ElementType::kFloat64;
  const auto side = [&](std::size_t i) { return static_cast<std::int64_t>(column.item_shape[i]); };
  if (!fits || column.item_elements() == 0) return std::nullopt;
  if (column.item_shape.size() == 2) return ImageLayout{{side(0), side(1), 1}};
  if (column.item_shape.size() != 3) return std::nullopt;
  if (is_channels(column.item_shape[2])) return ImageLayout{{side(0), side(1), side(2)}};
  if (is_channels(column.item_shape[0])) return ImageLayout{{side(1), side(2), side(0)}, true};
  return std::nullopt;
}

ImageLayout checked_layout(const DatasetReader& file, const Column& column) {
  if (const auto layout = layout_of(column)) return *layout;
  throw InputError(
      fmt::format("{}: column '{}' holds no images, expected bytes (or numbers from 0 to 1) "
                  "[N, height, width, 1 or 3], [N, height, width] or [N, 1 or 3, height, width]",
                  file.path().string(), column.name));
}

std::uint8_t as_byte(std::uint8_t value) { return value; }
std::uint8_t as_byte(double value) { return static_cast<std::uint8_t>(std::lround(value * 255)); }

/// Brings one image into [height, width, channels] of bytes. False if a number is not in 0 to 1.
template <class T>
bool convert(std::span<const std::byte> raw, const ImageLayout& layout,
             std::span<std::uint8_t> out) {
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    if (!layout.planes) {
      std::memcpy(out.data(), raw.data(), out.size());
      return true;
    }
  }
  const auto channels = static_cast<std::size_t>(layout.shape.channels);
  const std::size_t pixels = out.size() / channels;
  for (std::size_t i = 0; i < out.size(); ++i) {
    T value;
    const std::size_t from = layout.planes ? i % channels * pixels + i / channels : i;
    std::memcpy(&value, raw.data() + from * sizeof(T), sizeof(T));
    if constexpr (std::is_floating_point_v<T>) {
      if (!(value >= 0 && value <= 1)) return false;
    }
    out[i] = as_byte(value);
  }
  return true;
}

bool convert(const Column& column, std::span<const std::byte> raw, const ImageLayout& layout,
             std::span<std::uint8_t> out) {
  if (column.type == ElementType::kFloat32) return convert<float>(raw, layout, out);
  if (column.type == ElementType::kFloat64) return convert<double>(raw, layout, out);
  return convert<std::uint8_t>(raw, layout, out);
}

}  // namespace

DatasetReader open_images(const std::filesystem::path& path,
                          const std::vector<std::string>& columns) {
  DatasetReader file(path, FileKind::kAnyHdf5, columns);
  // A file of this project must be whole.
  if (file.attributes().contains("schema_version")) return DatasetReader(path);
  return file;
}

ImageShape fitted_image_shape(const DatasetReader& file, const std::string& column,
                              const ImageFit& fit) {
  return fitted_shape(checked_layout(file, file.column(column)).shape, fit,
                      fmt::format("{}: column '{}'", file.path().string(), column));
}

std::vector<std::uint8_t> read_images(const DatasetReader& file, const std::string& name,
                                      const ImageFit& fit) {
  const Column& column = file.column(name);
  const ImageLayout layout = checked_layout(file, column);
  const std::size_t item = column.item_bytes();
  const std::size_t kept = fitted_image_shape(file, name, fit).bytes();
  const std::uint64_t at_once = std::clamp<std::uint64_t>(kBytesAtOnce / item, 1, 256);
  std::vector<std::uint8_t> pixels(file.rows() * kept);
  std::vector<std::byte> block(at_once * item);
  std::vector<std::uint8_t> image(layout.shape.bytes());
  for (std::uint64_t row = 0; row < file.rows(); ++row) {
    const std::uint64_t in_block = row % at_once;
    if (in_block == 0) {
      const std::uint64_t count = std::min(at_once, file.rows() - row);
      file.read(name, row, count, std::span(block).first(count * item));
    }
    if (!convert(column, std::span(block).subspan(in_block * item, item), layout, image)) {
      throw InputError(fmt::format(
          "{}: row {} of column '{}' has a value below 0, above 1 or that is no number, expected 0 "
          "to 1 in images of floating-point numbers",
          file.path().string(), row, name));
    }
    fit_image(image, layout.shape, fit, std::span(pixels).subspan(row * kept, kept));
  }
  return pixels;
}

}  // namespace af::al

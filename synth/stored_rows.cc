#include "synth/stored_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "core/config.h"
#include "core/dataset_writer.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "fonts/characters.h"
#include "synth/factors.h"
#include "synth/palette.h"

namespace af::synth {
namespace {

constexpr double kBlockBytes = 1e6;
constexpr double kMostBlockRows = 1024;
/// More than threads draw at once.
constexpr std::size_t kMostBlocks = 32;

std::vector<std::string> words(const DatasetReader& file, const char* column) {
  return file.has(column) ? file.column(column).vocabulary : std::vector<std::string>{};
}

std::size_t room(const DatasetReader& file, const char* column, std::size_t axis) {
  if (!file.has(column)) return 0;
  const auto& shape = file.column(column).item_shape;
  return axis < shape.size() ? static_cast<std::size_t>(shape[axis]) : 0;
}

/// @param axis  Of the columns' items, where those of a pattern begin.
PatternRoom pattern_room(const DatasetReader& file, const std::string& name, std::size_t axis) {
  const auto side = [&](const char* suffix) { return room(file, (name + suffix).c_str(), axis); };
  PatternRoom pattern;
  if (file.has(name + "_points")) {
    pattern.gradients = std::max<std::size_t>(side("_gradient"), 1);
  }
  pattern.camouflage = file.has(name + "_stroke_key");
  pattern.strokes = side("_strokes");
  pattern.images = file.has(name + "_crop");
  return pattern;
}

std::vector<std::string> list_attribute(const DatasetReader& file, const char* name) {
  const auto found = file.attributes().find(name);
  const auto* list = found != file.attributes().end()
                         ? std::get_if<std::vector<std::string>>(&found->second)
                         : nullptr;
  return list != nullptr ? *list : std::vector<std::string>{};
}

void read_mask_format(const DatasetReader& file, ImageFormat& image) {
  const auto kind = file.attributes().find(kMaskAttribute);
  if (kind == file.attributes().end()) return;
  const auto* text = std::get_if<std::string>(&kind->second);
  image.masks = from_text<MaskKind>(text != nullptr ? *text : "").value_or(MaskKind::kFirst);
  image.mask_layers = std::max<std::size_t>(room(file, "mask", 2), 1);
}

void read_vocabulary(const DatasetReader& file, Vocabulary& vocabulary) {
  vocabulary.languages = words(file, "language");
  vocabulary.chars = words(file, "char");
  vocabulary.layer_chars = words(file, "layer_char");
  vocabulary.colors = words(file, "color");
  for (const std::string& name : vocabulary.colors) {
    const auto color = named_color(name);
    if (!color) {
      throw InputError(fmt::format("{}: the color '{}' is none; expected a name of CSS or #rrggbb",
                                   file.path().string(), name));
    }
    vocabulary.palette.push_back(*color);
  }
  vocabulary.fonts = words(file, "font");
  for (const char* column : {"background_image", "foreground_image", "layer_foreground_image"}) {
    if (file.has(column)) vocabulary.images = words(file, column);
  }
  if (!vocabulary.images.empty()) vocabulary.image_folder = file.text_attribute(kImageFolder);
}

std::uint64_t rows_at_once(const RowColumns& columns, std::uint64_t rows) {
  const double bytes = std::max(dataset_bytes(columns.attribute_columns(), 1), 1.0);
  const double fit = std::clamp(kBlockBytes / bytes, 1.0, kMostBlockRows);
  return std::max<std::uint64_t>(std::min(static_cast<std::uint64_t>(fit), rows), 1);
}

/// Says what is wrong with a row; empty as long as nothing is.
class RowCheck {
 public:
  explicit RowCheck(const RowFormat& format) : format_(format) {}

  [[nodiscard]] const std::string& complaint(const Row& row) {
    const Vocabulary& words = format_.vocabulary;
    if (!words.colors.empty()) code("color", row.color_code, words.colors.size());
    if (!words.languages.empty()) code("language", row.language_code, words.languages.size());
    if (row.scene.symbols.size() > format_.symbols) fail("layers", row.layers);
    number("noise_scale", row.scene.noise_scale, 0.0, 1.0);
    pattern("background", row.scene.background, format_.background);
    for (std::size_t i = 0; i < row.scene.symbols.size(); ++i) {
      symbol(row.scene.symbols[i], i == 0 ? words.chars : words.layer_chars,
             i == 0 ? format_.foreground : format_.layers);
    }
    return complaint_;
  }

 private:
  template <class T>
  void fail(const char* column, const T& value) {
    if (complaint_.empty()) complaint_ = fmt::format("column '{}' has {}", column, value);
  }
  void code(const char* column, std::size_t value, std::size_t count) {
    if (value >= count) fail(column, value);
  }
  void number(const char* column, double value, double low, double high) {
    if (!(value >= low && value <= high)) fail(column, value);  // Not a number fails, too.
  }

  void symbol(const Symbol& symbol, const std::vector<std::string>& chars,
              const PatternRoom& room) {
    code("char", symbol.char_code, chars.size());
    code("font", symbol.font_code, format_.vocabulary.fonts.size());
    number("scale", symbol.pose.scale, kDamagedBelow, kMostScale);
    number("rotation", symbol.pose.rotation_rad, -kFarthest, kFarthest);
    for (const double value : symbol.pose.translation) {
      number("translation", value, -kFarthest, kFarthest);
    }
    pattern("foreground", symbol.foreground, room);
  }

  void pattern(const char* column, const Pattern& pattern, const PatternRoom& room) {
    if (to_text(pattern.kind).empty()) fail(column, static_cast<int>(pattern.kind));
    if (pattern.gradient_count > std::max<std::size_t>(room.gradients, 1)) {
      fail(column, pattern.gradient_count);
    }
    if (pattern.kind == PatternKind::kImage) {
      code(column, pattern.image, format_.vocabulary.images.size());
      for (const double side : pattern.crop) number(column, side, 0.0, 1.0);
    }
    if (pattern.kind == PatternKind::kCamouflage && pattern.camouflage.count > kMostStrokes) {
      fail(column, pattern.camouflage.count);
    }
  }

  // Beyond what rows are drawn or listed with: it is for damage, not for taste.
  static constexpr double kDamagedBelow = 1e-4;  ///< Scales.
  static constexpr double kFarthest = 1e6;       ///< Radians, sides of the image.

  const RowFormat& format_;
  std::string complaint_;
};

}  // namespace

RowFormat stored_format(const DatasetReader& file) {
  const std::vector<std::uint64_t>& shape = file.column("x").item_shape;
  if (shape.size() != 3) {
    throw InputError(fmt::format("{}: column 'x' has {} axes a row; expected 3",
                                 file.path().string(), shape.size()));
  }
  RowFormat format;
  format.image = {static_cast<int>(shape[0]), static_cast<int>(shape[2])};
  format.symbols = 1 + room(file, "layer_char", 0);
  format.counts = file.has("symbols");
  read_mask_format(file, format.image);
  format.background = pattern_room(file, "background", 0);
  format.foreground = pattern_room(file, "foreground", 0);
  if (format.symbols > 1) format.layers = pattern_room(file, "layer_foreground", 1);
  read_vocabulary(file, format.vocabulary);
  return format;
}

std::vector<fonts::FaceFile> stored_faces(const DatasetReader& file,
                                          const fonts::FontCatalogue& fonts) {
  std::vector<fonts::FaceFile> faces;
  const std::vector<std::string> hashes = list_attribute(file, kFontHashes);
  for (const std::string& name : file.column("font_file").vocabulary) {
    const fonts::FaceFile& face = faces.emplace_back(fonts.by_file_name(name));
    if (faces.size() > hashes.size() || sha256_of_file(face.path) != hashes[faces.size() - 1]) {
      throw InputError(
          fmt::format("{}: the installed {} is not the font that the file was made with",
                      file.path().string(), name));
    }
  }
  return faces;
}

void check_pictures(const DatasetReader& file, const Vocabulary& vocabulary) {
  const std::vector<std::string> hashes = list_attribute(file, kImageHashes);
  for (std::size_t i = 0; i < vocabulary.images.size(); ++i) {
    const auto path = std::filesystem::path(vocabulary.image_folder) / vocabulary.images[i];
    if (i < hashes.size() && sha256_of_file(path) == hashes[i]) continue;
    throw InputError(fmt::format("{}: {} is not the picture that the file was made with",
                                 file.path().string(), path.string()));
  }
}

StoredRows::StoredRows(const DatasetReader& file, const RowFormat& format, std::size_t in_block)
    : file_(file),
      format_(format),
      columns_(format),
      in_block_(in_block > 0 ? in_block : rows_at_once(columns_, file.rows())) {}

void StoredRows::operator()(std::uint64_t at, Row& row) {
  {
    const std::scoped_lock lock(mutex_);
    columns_.load(block(at / in_block_), at % in_block_, row);
  }
  check(at, row);
  for (std::size_t i = 0; i < row.scene.symbols.size(); ++i) {
    Symbol& symbol = row.scene.symbols[i];
    const auto& chars = i == 0 ? format_.vocabulary.chars : format_.vocabulary.layer_chars;
    symbol.character = fonts::code_point(chars[symbol.char_code]).value_or(U'?');
  }
}

const RowBlock& StoredRows::block(std::uint64_t number) {
  const auto known = std::ranges::find(blocks_, number, &Block::number);
  if (known != blocks_.end()) return known->rows;
  if (blocks_.size() == kMostBlocks) blocks_.pop_front();
  Block& added = blocks_.emplace_back(Block{number, columns_.attribute_block(in_block_)});
  const std::uint64_t first = number * in_block_;
  columns_.read(file_, first, std::min(in_block_, file_.rows() - first), added.rows);
  return added.rows;
}

void StoredRows::check(std::uint64_t at, const Row& row) const {
  RowCheck check(format_);
  const std::string& complaint = check.complaint(row);
  if (complaint.empty()) return;
  throw InputError(fmt::format("{} is damaged: row {}: {}", file_.path().string(), at, complaint));
}

}  // namespace af::synth

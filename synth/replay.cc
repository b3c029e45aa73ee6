#include "synth/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/config.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "fonts/characters.h"
#include "fonts/font_catalogue.h"

namespace af::synth {
namespace {

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
  const auto* hashes = found != file.attributes().end()
                           ? std::get_if<std::vector<std::string>>(&found->second)
                           : nullptr;
  return hashes != nullptr ? *hashes : std::vector<std::string>{};
}

std::vector<af::fonts::FaceFile> faces_of(const DatasetReader& file,
                                          std::span<const std::string> font_folders) {
  const fonts::FontCatalogue fonts(font_folders);
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

void read_pictures(const DatasetReader& file, Vocabulary& vocabulary) {
  for (const char* column : {"background_image", "foreground_image", "layer_foreground_image"}) {
    if (file.has(column)) vocabulary.images = words(file, column);
  }
  if (vocabulary.images.empty()) return;
  vocabulary.image_folder = file.text_attribute(kImageFolder);
  const std::vector<std::string> hashes = list_attribute(file, kImageHashes);
  for (std::size_t i = 0; i < vocabulary.images.size(); ++i) {
    const auto path = std::filesystem::path(vocabulary.image_folder) / vocabulary.images[i];
    if (i < hashes.size() && sha256_of_file(path) == hashes[i]) continue;
    throw InputError(fmt::format("{}: {} is not the picture that the file was made with",
                                 file.path().string(), path.string()));
  }
}

void read_mask_format(const DatasetReader& file, ImageFormat& image) {
  const auto kind = file.attributes().find(kMaskAttribute);
  if (kind == file.attributes().end()) return;
  const auto* text = std::get_if<std::string>(&kind->second);
  image.masks = from_text<MaskKind>(text != nullptr ? *text : "").value_or(MaskKind::kFirst);
  image.mask_layers = std::max<std::size_t>(room(file, "mask", 2), 1);
}

/// Which columns a file has says what its rows have room for.
RowFormat format_of(const DatasetReader& file, std::span<const std::string> font_folders) {
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
  format.vocabulary.chars = words(file, "char");
  format.vocabulary.layer_chars = words(file, "layer_char");
  format.vocabulary.colors = words(file, "color");
  format.vocabulary.fonts = words(file, "font");
  format.vocabulary.faces = faces_of(file, font_folders);
  read_pictures(file, format.vocabulary);
  return format;
}

}  // namespace

Replay::Replay(const DatasetReader& file, std::span<const std::string> font_folders)
    : file_(file),
      format_(format_of(file, font_folders)),
      columns_(format_),
      renderer_(format_.image, format_.vocabulary) {}

Sample Replay::draw(std::uint64_t row) {
  Sample sample;
  columns_.load(file_, row, sample.row);
  std::vector<Symbol>& symbols = sample.row.scene.symbols;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const auto& chars = i == 0 ? format_.vocabulary.chars : format_.vocabulary.layer_chars;
    symbols[i].character = fonts::code_point(chars.at(symbols[i].char_code)).value_or(U'?');
  }
  sample.image.resize(format_.image.image_bytes());
  sample.mask.resize(format_.image.mask_bytes());
  renderer_.draw(sample.row.scene, sample.image, sample.mask);
  return sample;
}

}  // namespace af::synth

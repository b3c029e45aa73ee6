#include "synth/replay.h"

#include "fonts/font_catalogue.h"

namespace af::synth {
namespace {

RowFormat drawable_format(const DatasetReader& file, std::span<const std::string> font_folders) {
  RowFormat format = stored_format(file);
  format.vocabulary.faces = stored_faces(file, fonts::FontCatalogue(font_folders));
  check_pictures(file, format.vocabulary);
  return format;
}

}  // namespace

Replay::Replay(const DatasetReader& file, std::span<const std::string> font_folders)
    : format_(drawable_format(file, font_folders)),
      rows_(file, format_, 1),
      renderer_(format_.image, format_.vocabulary) {}

Sample Replay::draw(std::uint64_t row) {
  Sample sample;
  rows_(row, sample.row);
  sample.image.resize(format_.image.image_bytes());
  sample.mask.resize(format_.image.mask_bytes());
  renderer_.draw(sample.row.scene, sample.image, sample.mask);
  return sample;
}

}  // namespace af::synth

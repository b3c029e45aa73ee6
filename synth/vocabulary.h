#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "fonts/face_file.h"
#include "synth/pattern.h"

namespace af::synth {

/// What the codes of a data set's categorical columns stand for, each in order of code.
struct Vocabulary {
  std::vector<std::string> languages;      ///< Empty if the data set has no such factor.
  std::vector<std::string> chars;          ///< Of the first symbol.
  std::vector<std::string> layer_chars;    ///< Of the symbols over it.
  std::vector<std::string> colors;         ///< Empty if the data set has no such factor.
  std::vector<Rgb> palette;                ///< Of `colors`.
  std::vector<std::string> fonts;          ///< Families.
  std::vector<af::fonts::FaceFile> faces;  ///< Font files.
  std::string image_folder;                ///< Where the pictures are; empty if there are none.
  std::vector<std::string> images;         ///< Pictures, by their paths in that folder.
};

/// The value's position in a vocabulary, at whose end it is put if it is not there.
template <class T>
std::uint16_t code_of(std::vector<T>& vocabulary, const T& value) {
  const auto known = std::ranges::find(vocabulary, value);
  const auto code = static_cast<std::uint16_t>(known - vocabulary.begin());
  if (known == vocabulary.end()) vocabulary.push_back(value);
  return code;
}

/// File attribute: a list in the order of the vocabulary of `font_file`.
inline constexpr const char* kFontHashes = "font_sha256";

/// File attributes: the folder of the pictures, and a list in the order of their vocabulary.
inline constexpr const char* kImageFolder = "image_folder";
inline constexpr const char* kImageHashes = "image_sha256";

/// What a file says of its vocabulary beside the names: `palette`, "#rrggbb" in the order of the
/// vocabulary of `color`, `font_sha256`, and, if there are pictures, where they are and their
/// hashes. @throws InputError if a font file or a picture cannot be read.
[[nodiscard]] Attributes vocabulary_attributes(const Vocabulary& vocabulary);

}  // namespace af::synth

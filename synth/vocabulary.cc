#include "synth/vocabulary.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "core/sha256.h"

namespace af::synth {
namespace {

std::string hexadecimal(const Rgb& rgb) {
  const auto byte = [](double value) { return static_cast<int>(std::floor(value * 255.0 + 0.5)); };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(rgb[0]), byte(rgb[1]), byte(rgb[2]));
}

}  // namespace

Attributes vocabulary_attributes(const Vocabulary& vocabulary) {
  std::vector<std::string> palette;
  for (const Rgb& rgb : vocabulary.palette) palette.push_back(hexadecimal(rgb));
  std::vector<std::string> hashes;
  for (const af::fonts::FaceFile& face : vocabulary.faces) {
    hashes.push_back(sha256_of_file(face.path));
  }
  Attributes attributes{{kFontHashes, hashes}};
  if (!palette.empty()) attributes["palette"] = palette;
  if (vocabulary.images.empty()) return attributes;
  std::vector<std::string> image_hashes;
  for (const std::string& name : vocabulary.images) {
    image_hashes.push_back(sha256_of_file(std::filesystem::path(vocabulary.image_folder) / name));
  }
  attributes[kImageFolder] = vocabulary.image_folder;
  attributes[kImageHashes] = image_hashes;
  return attributes;
}

}  // namespace af::synth

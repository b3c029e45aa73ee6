#pragma once

#include <filesystem>
#include <string>

namespace af::fonts {

/// Where a face lies: a font file and, in a collection of several, its number.
struct FaceFile {
  std::filesystem::path path;
  int index = 0;

  /// The file's name without its folder, with "#index" behind it if that is not 0.
  [[nodiscard]] std::string name() const {
    const std::string file = path.filename().string();
    return index == 0 ? file : file + "#" + std::to_string(index);
  }
  bool operator==(const FaceFile&) const = default;
};

}  // namespace af::fonts

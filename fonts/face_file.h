#pragma once

#include <filesystem>
#include <string>

namespace af::fonts {

/// Where a face lies: a font file and, in a collection of several, its number.
struct FaceFile {
  std::filesystem::path path;
  int index = 0;
  /// Drawn bold by thickening its outlines by a 24th of the font size, as Cairo does where a family
  /// has no bold face.
  bool emboldened = false;

  static constexpr const char* kEmboldened = "+bold";

  /// The file's name without its folder, with "#index" behind it if that is not 0, and "+bold" if
  /// it is emboldened.
  [[nodiscard]] std::string name() const {
    std::string name = path.filename().string();
    if (index != 0) name.append("#").append(std::to_string(index));
    if (emboldened) name.append(kEmboldened);
    return name;
  }
  bool operator==(const FaceFile&) const = default;
};

}  // namespace af::fonts

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace af::fonts {

/// Where a face lies: a font file and, in a collection of several, its number.
struct FaceFile {
  std::filesystem::path path;
  int index = 0;
  /// Drawn bold by thickening its outlines by a 24th of the font size, as Cairo does where a family
  /// has no bold face.
  bool emboldened = false;
  /// Drawn as its outlines are, not fitted to the pixels: fontconfig has a rule for some families
  /// that asks for it, which Cairo follows.
  bool unhinted = false;

  static constexpr std::string_view kEmboldened = "+bold";
  static constexpr std::string_view kUnhinted = "+unhinted";

  /// The face alone, however it is drawn.
  [[nodiscard]] FaceFile plain() const { return {path, index}; }

  /// The file's name without its folder, with "#index" behind it if that is not 0, and then
  /// "+unhinted" and "+bold" if that is how it is drawn.
  [[nodiscard]] std::string name() const {
    std::string name = path.filename().string();
    if (index != 0) name.append("#").append(std::to_string(index));
    if (unhinted) name.append(kUnhinted);
    if (emboldened) name.append(kEmboldened);
    return name;
  }
  bool operator==(const FaceFile&) const = default;
};

}  // namespace af::fonts

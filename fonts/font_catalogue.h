#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/face_file.h"

namespace af::fonts {

enum class Weight { kNormal, kBold };

/// A face as fontconfig describes it. A variable font is one face, at its axes' defaults.
struct ListedFace {
  FaceFile file;
  std::string family;  ///< The first of its names, in English if it has one.
  std::string style;
  std::string slant;  ///< "roman", "italic" or "oblique".
};

/// The scalable fonts that fontconfig finds on this machine, and those of further folders. They are
/// listed when first asked for. Not thread-safe.
class FontCatalogue {
 public:
  /// @param folders  Searched with all that is below them.
  /// @throws ConfigError if there is no font at all; the sentence names a package to install.
  /// @throws InputError if a folder is none, or holds no file that is named like a font.
  explicit FontCatalogue(std::span<const std::string> folders = {});
  ~FontCatalogue();
  FontCatalogue(FontCatalogue&&) noexcept;
  FontCatalogue& operator=(FontCatalogue&&) noexcept;

  /// The face that Cairo's toy interface picks for a family: upright, nearest to fontconfig's
  /// weight 100 for normal (so a Medium wins over a Regular) and 200 for bold; of a family without
  /// a bold face the nearest one, emboldened if it is no heavier than Medium. Never an italic. Not
  /// hinted where a rule of fontconfig for the font says so.
  /// @throws ConfigError if no installed family has that name (with the nearest that there is), or
  ///         it has italic faces only.
  [[nodiscard]] FaceFile resolve(const std::string& family, Weight weight) const;

  /// The face whose `FaceFile::name()` is `name`: its endings alone say how it is drawn, whatever
  /// rules fontconfig has here.
  /// @throws InputError if no installed font has such a file.
  [[nodiscard]] FaceFile by_file_name(std::string_view name) const;

  /// The same; a name without endings stands for how Cairo draws the face here in that weight, as
  /// by `resolve`.
  [[nodiscard]] FaceFile by_file_name(std::string_view name, Weight weight) const;

  /// All faces, sorted by family, then by file.
  [[nodiscard]] const std::vector<ListedFace>& faces() const;

  /// Files of the folders that are named like fonts and that fontconfig cannot read, sorted.
  [[nodiscard]] const std::vector<std::filesystem::path>& unreadable() const;

  /// All family names, sorted, each once.
  [[nodiscard]] const std::vector<std::string>& families() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace af::fonts

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/face_file.h"

namespace af::fonts {

enum class Weight { kNormal, kBold };

/// The scalable fonts that fontconfig finds on this machine.
class FontCatalogue {
 public:
  /// @throws ConfigError if there is no font at all; the sentence names a package to install.
  FontCatalogue();
  ~FontCatalogue();
  FontCatalogue(FontCatalogue&&) noexcept;
  FontCatalogue& operator=(FontCatalogue&&) noexcept;

  /// The face that Cairo's toy interface picks for a family: upright, nearest to fontconfig's
  /// weight 100 for normal (so a Medium wins over a Regular) and 200 for bold; a family without a
  /// bold face gives its nearest one. Never an italic.
  /// @throws ConfigError if no installed family has that name (with the nearest that there is), or
  ///         it has italic faces only.
  [[nodiscard]] FaceFile resolve(const std::string& family, Weight weight) const;

  /// The face whose `FaceFile::name()` is `name`. @throws InputError
  [[nodiscard]] FaceFile by_file_name(std::string_view name) const;

  /// All family names, sorted, each once.
  [[nodiscard]] const std::vector<std::string>& families() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace af::fonts

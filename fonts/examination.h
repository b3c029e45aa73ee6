#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "fonts/face_check.h"
#include "fonts/glyph_painter.h"

namespace af::fonts {

/// Why a painting is not what the character looks like, as far as can be told without others; null
/// if there is nothing against it.
/// @param missing  The same face's glyph for missing characters.
[[nodiscard]] const char* fault_of(const Painting& painting, const Painting& missing);

/// One face under examination: what it draws of the letters and digits of all alphabets, and what
/// was refused why.
class Examination {
 public:
  static constexpr int kPixels = 32;
  static constexpr std::chrono::seconds kMostTime{30};

  Examination(FT_Library library, Face& face) : painter_(library, face, kPixels) {}

  /// Draws every character. False if that takes more than `kMostTime`.
  [[nodiscard]] bool draw_all();
  /// Letters drawn as they are without their mark.
  void refuse_missing_marks();
  /// Pictures that stand for many characters.
  void refuse_placeholders();
  /// The letters from `first` to `last`, which are ASCII.
  void refuse_range(char first, char last, const char* reason);

  [[nodiscard]] bool draws(char32_t c) const { return drawn_.contains(c); }
  /// Fills `drawn` and `refusals`.
  void report(FaceCheck& check) const;

 private:
  void refuse(const std::u32string& characters, const char* reason);

  GlyphPainter painter_;
  std::map<char32_t, std::uint64_t> drawn_;  ///< With the identity of the picture.
  std::map<std::string, std::u32string> refused_;
};

}  // namespace af::fonts

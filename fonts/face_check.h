#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fonts/face_file.h"

namespace af::fonts {

class ReadableLetters;

/// Characters that a face has a glyph for and yet does not draw as a reader expects.
struct Refusal {
  std::string reason;         ///< "draws nothing", "draws it like a missing character", ...
  std::u32string characters;  ///< In order of code point.
};

/// What a face draws of the letters and digits of all alphabets (fonts/alphabet.h).
struct FaceCheck {
  std::string left_out;  ///< Why the face should not be drawn from; empty if it may be.
  std::vector<std::string> languages;  ///< Those all of whose letters it draws, by name.
  std::u32string drawn;  ///< In order of code point; digits and auxiliary letters too.
  std::vector<Refusal> refusals;
  int weight = 400;       ///< Of OS/2 usWeightClass: 400 regular, 700 bold.
  bool variable = false;  ///< Has axes; it is drawn at their defaults.
  std::string licence;    ///< What its name table says of its licence, shortened; may be empty.

  /// Why the face should not draw this character; empty if it may, or if no alphabet has it.
  [[nodiscard]] std::optional<std::string> refusal_of(char32_t character) const;
};

/// Finds out by drawing them what faces can draw: an entry in a font's character map does not mean
/// ink. Refused are glyphs that are blank, fail, are more than eight times the font size, are the
/// glyph for missing characters, are the same as for the letter without its mark or for many other
/// characters, and the lower case of faces that draw a to z as A to Z. A face is left out if it
/// cannot be read, is no TrueType or OpenType, has bitmaps alone, says that it holds pictures,
/// draws Latin letters of which few can be recognised, or draws the whole alphabet of no language.
/// Thread-safe.
class FaceChecker {
 public:
  /// @param readable  Faces whose Latin letters others are compared with; may be empty.
  explicit FaceChecker(std::span<const FaceFile> readable);

  /// Never throws for what is in the file; a check ends after a time, whatever the file.
  [[nodiscard]] FaceCheck check(const FaceFile& file) const;

 private:
  std::shared_ptr<const ReadableLetters> readable_;
};

/// Why the face cannot draw these characters as they are drawn in images: it lacks one, or draws
/// nothing for it; empty if it can. @throws InputError if the font cannot be read, or fails.
[[nodiscard]] std::optional<std::string> why_not_drawn(const FaceFile& file,
                                                       std::span<const char32_t> characters);

}  // namespace af::fonts

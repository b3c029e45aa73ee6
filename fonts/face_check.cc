#include "fonts/face_check.h"

#include <fmt/format.h>
#include <ft2build.h>
#include FT_FONT_FORMATS_H
#include FT_MULTIPLE_MASTERS_H
#include FT_TRUETYPE_TABLES_H

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

#include "core/errors.h"
#include "fonts/alphabet.h"
#include "fonts/characters.h"
#include "fonts/examination.h"
#include "fonts/font_names.h"
#include "fonts/letter_shape.h"

namespace af::fonts {
namespace {

constexpr int kFewRecognised = 3;  ///< Of 26.
constexpr std::size_t kManyLetters = 1000;
constexpr double kEnoughOfMany = 0.99;
constexpr int kPanosePictures = 5;

constexpr const char* kOneCase = "draws it as a capital";
constexpr const char* kUnreadable = "draws it so that it cannot be recognised";

/// Fonts for Han characters may lack a few of the thousands that a language counts as common.
bool covers(const Examination& face, const Alphabet& alphabet) {
  const std::u32string all = alphabet.lower + alphabet.upper;
  const auto drawn = std::ranges::count_if(all, [&](char32_t c) { return face.draws(c); });
  const auto needed =
      static_cast<double>(all.size()) * (all.size() >= kManyLetters ? kEnoughOfMany : 1.0);
  return static_cast<double>(drawn) >= needed;
}

/// Why a face that draws the whole alphabet of no language does not.
std::string no_language(const FaceCheck& check) {
  const auto most = std::ranges::max_element(check.refusals, {},
                                             [](const Refusal& r) { return r.characters.size(); });
  if (most == check.refusals.end()) return "has not all letters of any language";
  return fmt::format("draws all letters of no language: of {} it {}", most->characters.size(),
                     most->reason);
}

bool holds_pictures(FT_Face face) {
  const auto* os2 = static_cast<const TT_OS2*>(FT_Get_Sfnt_Table(face, FT_SFNT_OS2));
  return os2 != nullptr && os2->panose[0] == kPanosePictures;
}

int weight_of(FT_Face face) {
  const auto* os2 = static_cast<const TT_OS2*>(FT_Get_Sfnt_Table(face, FT_SFNT_OS2));
  const bool bold = (face->style_flags & FT_STYLE_FLAG_BOLD) != 0;
  if (os2 == nullptr || os2->usWeightClass == 0) return bold ? 700 : 400;
  return os2->usWeightClass < 10 ? os2->usWeightClass * 100 : os2->usWeightClass;
}

/// Why a file of this format is not drawn from; empty if it is TrueType or OpenType.
std::string unwanted_format(FT_Face face, const FaceFile& file) {
  std::array<char, 4> magic{};
  std::ifstream(file.path, std::ios::binary).read(magic.data(), magic.size());
  const std::string_view begin(magic.data(), magic.size());
  if (begin == "wOFF" || begin == "wOF2") return "is a font for web pages (WOFF)";
  const std::string_view format = FT_Get_Font_Format(face);
  if (format == "TrueType" || format == "CFF") return {};
  return fmt::format("is of the format {}; expected TrueType or OpenType", format);
}

void judge_latin(FT_Library library, Face& face, const ReadableLetters& readable,
                 Examination& examination) {
  GlyphPainter painter(library, face, kShapePixels);
  if (has_one_case(painter)) examination.refuse_range('a', 'z', kOneCase);
  const auto recognised = readable.recognised(painter);
  if (!recognised || *recognised > kFewRecognised) return;
  examination.refuse_range('a', 'z', kUnreadable);
  examination.refuse_range('A', 'Z', kUnreadable);
}

void examine(FT_Library library, Face& face, const ReadableLetters& readable, FaceCheck& check) {
  check.weight = weight_of(face.handle());
  check.variable = FT_HAS_MULTIPLE_MASTERS(face.handle());
  check.licence = licence_name(face.handle());
  Examination examination(library, face);
  if (!examination.draw_all()) {
    check.left_out = fmt::format("takes more than {} s to draw", Examination::kMostTime.count());
    return;
  }
  examination.refuse_missing_marks();
  examination.refuse_placeholders();
  judge_latin(library, face, readable, examination);
  examination.report(check);
  for (const Alphabet& alphabet : alphabets()) {
    if (covers(examination, alphabet)) check.languages.push_back(alphabet.name);
  }
  if (holds_pictures(face.handle())) {
    check.left_out = "says of itself that it holds pictures";
  } else if (FT_HAS_COLOR(face.handle())) {
    check.left_out = "has colours of its own";
  } else if (check.languages.empty()) {
    check.left_out = no_language(check);
  }
}

}  // namespace

std::optional<std::string> FaceCheck::refusal_of(char32_t character) const {
  for (const Refusal& refusal : refusals) {
    if (refusal.characters.find(character) != std::u32string::npos) return refusal.reason;
  }
  const bool known = std::ranges::binary_search(alphabet_characters(), character);
  if (known && !std::ranges::binary_search(drawn, character)) return "lacks it";
  return std::nullopt;
}

FaceChecker::FaceChecker(std::span<const FaceFile> readable)
    : readable_(std::make_shared<ReadableLetters>(start_freetype().get(), readable)) {}

FaceCheck FaceChecker::check(const FaceFile& file) const {
  FaceCheck check;
  try {
    const FreeTypeLibrary library = start_freetype();
    Face face(library.get(), file);
    check.left_out = unwanted_format(face.handle(), file);
    if (check.left_out.empty()) examine(library.get(), face, *readable_, check);
  } catch (const InputError& error) {
    check.left_out = error.what();
  }
  return check;
}

std::optional<std::string> why_not_drawn(const FaceFile& file,
                                         std::span<const char32_t> characters) {
  const FreeTypeLibrary library = start_freetype();
  Face face(library.get(), file);
  GlyphPainter painter(library.get(), face, Examination::kPixels);
  const Painting missing = painter.paint_missing();
  for (const char32_t c : characters) {
    if (!painter.has(c)) return fmt::format("lacks the character {}", named(c));
    (void)face.unit_extent(c, Examination::kPixels);  // Hinting, too, can fail.
    const Painting painting = painter.paint(c);
    if (const char* fault = fault_of(painting, missing)) {
      return fmt::format("has the character {}, but {}", named(c), fault);
    }
  }
  return std::nullopt;
}

}  // namespace af::fonts

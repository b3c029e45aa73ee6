#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fonts/glyph_painter.h"

/// Latin letters compared by their shapes, whatever their size.
namespace af::fonts {

/// A glyph's ink, brought to a square grid of fixed size, with mean 0 and length 1.
struct LetterShape {
  static constexpr int kSide = 24;
  std::array<float, kSide * kSide> cells{};
  double aspect = 1.0;  ///< Width over height of the ink's box.
};

/// Pixels per em at which shapes are painted.
constexpr int kShapePixels = 64;

/// Empty if nothing is drawn.
[[nodiscard]] std::optional<LetterShape> shape_of(const Painting& painting);

/// Correlation of two grids, in [-1, 1]; 1 is the same shape.
[[nodiscard]] double likeness(const LetterShape& a, const LetterShape& b);

/// True if a face draws a to z as it draws A to Z, be it smaller: the median likeness of the two
/// cases, over letters whose cases differ in shape, is above 0.8. False if it lacks these letters.
/// The threshold and the letters are ours (docs/fonts.md gives what it finds).
[[nodiscard]] bool has_one_case(GlyphPainter& painter);

/// The shapes of a to z and A to Z in a few faces that any reader can read.
class ReadableLetters {
 public:
  /// @param faces  Those that cannot be read are passed over; if none is left, every face is taken
  ///               to be readable.
  ReadableLetters(FT_Library library, std::span<const FaceFile> faces);

  /// How many of a to z look more like that letter, in either case, than like any other one;
  /// empty if the face lacks more than a few of these letters, or there is nothing to compare with.
  [[nodiscard]] std::optional<int> recognised(GlyphPainter& painter) const;

 private:
  struct Reference {
    char letter;
    LetterShape shape;
  };
  void add(GlyphPainter painter);

  std::vector<Reference> references_;
};

}  // namespace af::fonts

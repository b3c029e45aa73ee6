#include "fonts/letter_shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>

#include "core/errors.h"

namespace af::fonts {
namespace {

constexpr int kSide = LetterShape::kSide;
constexpr std::uint8_t kInk = 1;
/// Letters whose two cases no ordinary design draws alike.
constexpr std::string_view kCasesDiffer = "abdefghijmnqrt";
constexpr std::size_t kEnoughCases = 10;
constexpr double kSameShape = 0.8;
constexpr double kMostStretch = 1.6;
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
constexpr int kEnoughLetters = 20;
/// What a letter that is as wide again as another loses in likeness, by the logarithm of that.
constexpr double kStretchPenalty = 0.3;

char32_t capital(char letter) { return static_cast<char32_t>(letter - 'a' + 'A'); }

/// Rows and columns of a painting that hold ink: [first, last).
struct InkBox {
  int left, right, top, bottom;
};

InkBox ink_of(const Painting& p) {
  InkBox box{p.width, 0, p.height, 0};
  for (int y = 0; y < p.height; ++y) {
    for (int x = 0; x < p.width; ++x) {
      if (p.coverage[static_cast<std::size_t>(y * p.width + x)] < kInk) continue;
      box = {std::min(box.left, x), std::max(box.right, x + 1), std::min(box.top, y),
             std::max(box.bottom, y + 1)};
    }
  }
  return box;
}

/// Mean coverage of the pixels under a cell of the grid; the nearest one where cells are smaller.
float cell_mean(const Painting& p, const InkBox& box, int row, int column) {
  const auto bounds = [](int first, int size, int i) {
    const int low = first + size * i / kSide;
    return std::pair(low, std::max(low + 1, first + size * (i + 1) / kSide));
  };
  const auto [top, bottom] = bounds(box.top, box.bottom - box.top, row);
  const auto [left, right] = bounds(box.left, box.right - box.left, column);
  float sum = 0.0F;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      sum += static_cast<float>(p.coverage[static_cast<std::size_t>(y * p.width + x)]);
    }
  }
  return sum / static_cast<float>((bottom - top) * (right - left));
}

void normalise(std::span<float> cells) {
  const float mean =
      std::accumulate(cells.begin(), cells.end(), 0.0F) / static_cast<float>(cells.size());
  float squares = 0.0F;
  for (float& cell : cells) {
    cell -= mean;
    squares += cell * cell;
  }
  const float length = std::sqrt(squares);
  if (length > 0.0F) {  // A filled box has no shape: likeness 0 to everything.
    for (float& cell : cells) cell /= length;
  }
}

}  // namespace

std::optional<LetterShape> shape_of(const Painting& painting) {
  if (painting.drawn != Drawn::kPicture) return std::nullopt;
  const InkBox box = ink_of(painting);
  LetterShape shape;
  shape.aspect = static_cast<double>(box.right - box.left) / (box.bottom - box.top);
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      shape.cells[static_cast<std::size_t>(row * kSide + column)] =
          cell_mean(painting, box, row, column);
    }
  }
  normalise(shape.cells);
  return shape;
}

double likeness(const LetterShape& a, const LetterShape& b) {
  // Sums side by side, which the compiler makes one vector of; most of a survey's time was here.
  std::array<float, 16> sums{};
  for (std::size_t i = 0; i < a.cells.size(); i += sums.size()) {
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += a.cells[i + k] * b.cells[i + k];
  }
  return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

bool has_one_case(GlyphPainter& painter) {
  std::vector<double> alike;
  for (const char letter : kCasesDiffer) {
    if (!painter.has(static_cast<char32_t>(letter)) || !painter.has(capital(letter))) continue;
    const auto lower = shape_of(painter.paint(static_cast<char32_t>(letter)));
    const auto upper = shape_of(painter.paint(capital(letter)));
    if (!lower || !upper) continue;
    const double stretch = std::abs(std::log(lower->aspect / upper->aspect));
    alike.push_back(stretch < std::log(kMostStretch) ? likeness(*lower, *upper) : 0.0);
  }
  if (alike.size() < kEnoughCases) return false;
  std::ranges::nth_element(alike, alike.begin() + static_cast<std::ptrdiff_t>(alike.size() / 2));
  return alike[alike.size() / 2] > kSameShape;
}

ReadableLetters::ReadableLetters(FT_Library library, std::span<const FaceFile> faces) {
  for (const FaceFile& file : faces) {
    try {
      Face face(library, file);
      add(GlyphPainter(library, face, kShapePixels));
    } catch (const InputError&) {  // Another one will do.
    }
  }
}

void ReadableLetters::add(GlyphPainter painter) {
  for (const char letter : kLetters) {
    for (const char32_t c : {static_cast<char32_t>(letter), capital(letter)}) {
      if (const auto shape = shape_of(painter.paint(c))) references_.push_back({letter, *shape});
    }
  }
}

std::optional<int> ReadableLetters::recognised(GlyphPainter& painter) const {
  int drawn = 0;
  int found = 0;
  for (const char letter : kLetters) {
    if (!painter.has(static_cast<char32_t>(letter))) continue;
    const auto shape = shape_of(painter.paint(static_cast<char32_t>(letter)));
    if (!shape) continue;
    ++drawn;
    const auto nearest = std::ranges::max_element(references_, {}, [&](const Reference& r) {
      return likeness(*shape, r.shape) -
             kStretchPenalty * std::abs(std::log(shape->aspect / r.shape.aspect));
    });
    found += nearest != references_.end() && nearest->letter == letter ? 1 : 0;
  }
  if (references_.empty() || drawn < kEnoughLetters) return std::nullopt;
  return found;
}

}  // namespace af::fonts

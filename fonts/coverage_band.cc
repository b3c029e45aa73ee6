#include "fonts/coverage_band.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "core/vector_clones.h"

namespace af::fonts {
namespace {

constexpr std::int32_t kPixel = CoverageBand::kPixel;

/// FreeType's reciprocals of lengths, by which cuts are multiplied in place of dividing them. Most
/// lines are short: their reciprocals are looked up.
constexpr std::uint32_t reciprocal(std::uint32_t length) { return 0xFFFFFFFFU / length; }
constexpr auto kReciprocals = [] {
  std::array<std::uint32_t, 1024> all{};
  for (std::uint32_t length = 1; length < all.size(); ++length) all[length] = reciprocal(length);
  return all;
}();
std::uint64_t reciprocal_of(std::int32_t difference) {
  const auto length = static_cast<std::uint32_t>(std::abs(difference));
  return length < kReciprocals.size() ? kReciprocals[length] : reciprocal(length);
}

/// The first or the second of two numbers, without a branch, which no processor could foresee.
class Pick {
 public:
  explicit Pick(bool first) : mask_(-std::int64_t{first}) {}
  template <class T>
  T operator()(T first, T second) const {
    return second ^ ((first ^ second) & static_cast<T>(mask_));
  }

 private:
  std::int64_t mask_;
};

/// Which pixel a coordinate lies in, and where in it.
std::int32_t whole(std::int32_t coordinate) { return coordinate >> 8; }
std::int32_t part(std::int32_t coordinate) { return coordinate & (kPixel - 1); }

/// Pixels that are summed at once, in the compiler's own vectors.
constexpr std::size_t kLanes = CoverageBand::kMargin;
using Lanes = std::int32_t __attribute__((vector_size(kLanes * sizeof(std::int32_t))));
using Bytes = std::uint8_t __attribute__((vector_size(kLanes)));

/// Coverage of a row from its pixels' numbers: their running sums, which are of twice 256^2, in
/// 255ths. Lines that go the other way round give negative ones, and what is covered several times
/// more than all. Reads and writes whole lanes.
AF_VECTOR_CLONES void sum_row(const std::int32_t* numbers, std::size_t width, bool even_odd,
                              std::uint8_t* out) {
  constexpr Lanes kZero{};
  Lanes before{};
  for (std::size_t i = 0; i < width; i += kLanes) {
    Lanes sum;
    std::memcpy(&sum, numbers + i, sizeof sum);
    sum += __builtin_shufflevector(sum, kZero, 8, 0, 1, 2, 3, 4, 5, 6);
    sum += __builtin_shufflevector(sum, kZero, 8, 8, 0, 1, 2, 3, 4, 5);
    sum += __builtin_shufflevector(sum, kZero, 8, 8, 8, 8, 0, 1, 2, 3);
    sum += before;
    before = __builtin_shufflevector(sum, sum, 7, 7, 7, 7, 7, 7, 7, 7);
    const Lanes share = sum >> 9;
    const Lanes odd = even_odd ? (share & kPixel) != 0 : share < 0;
    const Lanes magnitude = share ^ odd;  // -1 becomes 0: FreeType's rounding.
    const Lanes clipped = magnitude < 255 ? magnitude : kZero + 255;
    const Bytes coverage = __builtin_convertvector(even_odd ? magnitude : clipped, Bytes);
    std::memcpy(out + i, &coverage, sizeof coverage);
  }
}

}  // namespace

std::size_t CoverageBand::pixels_in_row(int width) {
  return (static_cast<std::size_t>(width) + kLanes) / kLanes * kLanes;
}

void CoverageBand::begin(int width, int first_row, int rows) {
  width_ = static_cast<std::size_t>(width);
  first_row_ = first_row;
  rows_ = rows;
  stride_ = pixels_in_row(width);
  pixels_ = stride_ * static_cast<std::size_t>(rows);
  numbers_.assign(pixels_ + 2, 0);
}

bool CoverageBand::is_beside(std::int32_t low_y, std::int32_t high_y) const {
  return whole(high_y) < first_row_ || whole(low_y) >= first_row_ + rows_;
}

void CoverageBand::cover(bool even_odd, std::uint8_t* out) const {
  // From above, as rows lie in memory: what is written beyond a row's end is overwritten.
  for (auto row = static_cast<std::size_t>(rows_); row-- > 0; out += width_) {
    sum_row(numbers_.data() + row * stride_, width_, even_odd, out);
  }
}

std::ptrdiff_t CoverageBand::pixel_at(Point point) const {
  return (whole(point.y) - first_row_) * static_cast<std::ptrdiff_t>(stride_) + whole(point.x);
}

/// @param both_x  x + x' of the piece.
void CoverageBand::add(std::ptrdiff_t pixel, std::int32_t cover, std::int32_t both_x) {
  const std::size_t to = std::min(static_cast<std::size_t>(pixel), pixels_);
  const std::int32_t area = cover * both_x;
  numbers_[to] += 2 * kPixel * cover - area;
  numbers_[to + 1] += area;
}

void CoverageBand::add_line(Point from, Point to) {
  if (from.y == to.y) return;  // It has nothing to its left or right.
  if (is_beside(std::min(from.y, to.y), std::max(from.y, to.y))) return;
  if (whole(from.x) == whole(to.x) && whole(from.y) == whole(to.y)) {
    add(pixel_at(from), to.y - from.y, part(from.x) + part(to.x));
  } else if (from.x == to.x) {
    add_vertical(from, to);
  } else if (to.x > from.x) {
    to.y > from.y ? add_slanted<true, true>(from, to) : add_slanted<true, false>(from, to);
  } else {
    to.y > from.y ? add_slanted<false, true>(from, to) : add_slanted<false, false>(from, to);
  }
}

void CoverageBand::add_vertical(Point from, Point to) {
  const bool up = to.y > from.y;
  const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(stride_) * (up ? 1 : -1);
  const std::int32_t both_x = 2 * part(from.x);
  std::ptrdiff_t pixel = pixel_at(from);
  std::int32_t y = part(from.y);
  for (int left = std::abs(whole(to.y) - whole(from.y)); left > 0; --left, pixel += row) {
    add(pixel, up ? kPixel - y : -y, both_x);
    y = up ? 0 : kPixel;
  }
  add(pixel, part(to.y) - y, both_x);
}

/// From pixel to pixel. `side` is the cross product of the line's direction and the way from
/// its beginning to the lower left corner of the pixel it is in. Over dx it is where the line meets
/// the left border, over -dy where it meets the lower one; for the other borders a multiple is
/// added. These cuts are rounded down by reciprocals that are a little too small: that much
/// FreeType is off, and so are we.
template <bool kRight, bool kUp>
void CoverageBand::add_slanted(Point from, Point to) {
  const std::int64_t dx = to.x - from.x;
  const std::int64_t dy = to.y - from.y;
  const std::uint64_t per_dx = reciprocal_of(to.x - from.x);
  const std::uint64_t per_dy = reciprocal_of(to.y - from.y);
  const std::int64_t side_of_column = kRight ? kPixel * dy : -kPixel * dy;
  const std::int64_t side_of_row = kUp ? -kPixel * dx : kPixel * dx;
  const std::ptrdiff_t column = kRight ? 1 : -1;
  const auto row = static_cast<std::ptrdiff_t>(stride_) * (kUp ? 1 : -1);
  std::ptrdiff_t pixel = pixel_at(from);
  std::int32_t x = part(from.x);
  std::int32_t y = part(from.y);
  std::int64_t side = dx * y - dy * x;
  const int crossings =
      std::abs(whole(to.x) - whole(from.x)) + std::abs(whole(to.y) - whole(from.y));
  for (int i = 0; i < crossings; ++i) {
    const std::int64_t at_column = kRight ? side + side_of_column : -side;
    const std::int64_t at_row = kUp ? -side - side_of_row : side;
    const bool sideways = kUp ? (kRight ? at_row >= kPixel * dy : at_row < 0) : at_column >= 0;
    const Pick pick(sideways);
    const auto cut = static_cast<std::int32_t>(
        static_cast<std::uint64_t>(pick(at_column, at_row)) * pick(per_dx, per_dy) >> 32);
    const std::int32_t to_x = pick(kRight ? kPixel : 0, cut);
    const std::int32_t to_y = pick(cut, kUp ? kPixel : 0);
    add(pixel, to_y - y, x + to_x);
    x = pick(kRight ? 0 : kPixel, cut);  // Seen from the next pixel.
    y = pick(cut, kUp ? 0 : kPixel);
    side += pick(side_of_column, side_of_row);
    pixel += pick(column, row);
  }
  add(pixel, part(to.y) - y, x + part(to.x));
}

}  // namespace af::fonts

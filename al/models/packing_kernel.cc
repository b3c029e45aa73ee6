#include "al/models/packing_kernel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#include "core/vector_clones.h"

namespace af::al::models {
namespace {

constexpr std::size_t kSide = 16;  ///< Of the squares that are transposed at once: a line of cache.
using Line = std::array<std::uint32_t, kSide>;

[[gnu::always_inline]] inline std::uint32_t bfloat16_bits(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
  return x != x ? 0x7fc0 : rounded;
}

/// Number i of a row, or numbers 2 i and 2 i + 1 as bfloat16.
struct OneNumber {
  static constexpr std::int64_t kValues = 1;
  [[gnu::always_inline]] static std::uint32_t word(const float* row, std::size_t i) {
    return std::bit_cast<std::uint32_t>(row[i]);
  }
};
struct TwoNumbers {
  static constexpr std::int64_t kValues = 2;
  [[gnu::always_inline]] static std::uint32_t word(const float* row, std::size_t i) {
    return bfloat16_bits(row[2 * i]) | bfloat16_bits(row[2 * i + 1]) << 16;
  }
};

/// Words i to i + 15 of 16 rows, to 16 lines of `out`.
template <class Word>
[[gnu::always_inline]] inline void transpose_square(const float* rows, std::int64_t stride,
                                                    std::byte* out) {
  std::array<Line, kSide> square;
  for (std::size_t b = 0; b < kSide; ++b) {
    const float* row = rows + static_cast<std::int64_t>(b) * stride;
    for (std::size_t a = 0; a < kSide; ++a) square[b][a] = Word::word(row, a);
  }
  for (std::size_t a = 0; a < kSide; ++a) {
    Line line;
    for (std::size_t b = 0; b < kSide; ++b) line[b] = square[b][a];
    std::memcpy(out + a * kPackedRows * sizeof(std::uint32_t), line.data(), sizeof(line));
  }
}

template <class Word>
[[gnu::always_inline]] inline void transpose(const float* rows, std::int64_t stride,
                                             std::int64_t count, void* out) {
  constexpr auto kWords = static_cast<std::int64_t>(kSide);
  for (std::int64_t j = 0; j < kPackedRows; j += kWords) {
    for (std::int64_t i = 0; i < count / Word::kValues; i += kWords) {
      const std::int64_t to = (i * kPackedRows + j) * std::int64_t{sizeof(std::uint32_t)};
      transpose_square<Word>(rows + j * stride + i * Word::kValues, stride,
                             static_cast<std::byte*>(out) + to);
    }
  }
}

}  // namespace

void round_values(const float* x, std::int64_t count, float* out) { std::copy_n(x, count, out); }

AF_VECTOR_CLONES void round_values(const float* x, std::int64_t count, c10::BFloat16* out) {
  for (std::int64_t i = 0; i < count; ++i)
    out[i].x = static_cast<std::uint16_t>(bfloat16_bits(x[i]));
}

AF_VECTOR_CLONES void pack_rows(const float* rows, std::int64_t stride, std::int64_t count,
                                float* out) {
  transpose<OneNumber>(rows, stride, count, out);
}

AF_VECTOR_CLONES void pack_rows(const float* rows, std::int64_t stride, std::int64_t count,
                                c10::BFloat16* out) {
  transpose<TwoNumbers>(rows, stride, count, out);
}

}  // namespace af::al::models

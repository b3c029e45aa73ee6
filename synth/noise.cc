#include "synth/noise.h"

#include <cstring>

#include "core/vector_clones.h"

namespace af::synth {
namespace {

constexpr std::size_t kSummands = 16;
constexpr std::size_t kColumns = Noise::kBlock / kSummands;
constexpr std::size_t kWords = Noise::kBlock / sizeof(std::uint32_t);
using Words = std::array<std::uint32_t, kWords>;

AF_VECTOR_CLONES void hash(std::uint32_t counter, std::uint32_t second, Words& words) {
  for (std::uint32_t i = 0; i < kWords; ++i) {
    const std::uint32_t state = counter + i * 0x9E3779B9U;
    std::uint32_t h = (state ^ state >> 16) * 0x7FEB352DU;
    h = ((h ^ h >> 15) + second) * 0x846CA68BU;
    words[i] = h ^ h >> 16;
  }
}

/// Columns that are summed at once, in the compiler's own vectors.
constexpr std::size_t kLanes = 16;
using Lanes = std::int16_t __attribute__((vector_size(kLanes * sizeof(std::int16_t))));
using Bytes = std::int8_t __attribute__((vector_size(kLanes)));

using Rows = std::array<Lanes, kSummands>;

/// Sum and difference of rows that lie so far apart, in place of both.
template <std::size_t kApart>
[[gnu::always_inline]] inline void add_and_subtract(Rows& rows) {
#pragma GCC unroll 8
  for (std::size_t pair = 0; pair < kSummands / 2; ++pair) {
    const std::size_t first = pair % kApart + pair / kApart * kApart * 2;
    const Lanes a = rows[first];
    const Lanes b = rows[first + kApart];
    rows[first] = a + b;
    rows[first + kApart] = a - b;
  }
}

/// All 16 signed sums of 16 rows.
AF_VECTOR_CLONES void sum_signed(const Words& words, Noise::Block& block) {
  for (std::size_t column = 0; column < kColumns; column += kLanes) {
    Rows rows;
#pragma GCC unroll 16
    for (std::size_t j = 0; j < kSummands; ++j) {
      Bytes bytes;
      std::memcpy(&bytes, reinterpret_cast<const char*>(words.data()) + j * kColumns + column,
                  sizeof bytes);
      rows[j] = __builtin_convertvector(bytes, Lanes);
    }
    add_and_subtract<1>(rows);
    add_and_subtract<2>(rows);
    add_and_subtract<4>(rows);
    add_and_subtract<8>(rows);
    rows[0] += 8;  // The mean of a byte is -1/2, and only in row 0 do all have the same sign.
#pragma GCC unroll 16
    for (std::size_t m = 0; m < kSummands; ++m) {
      std::memcpy(block.data() + m * kColumns + column, &rows[m], sizeof rows[m]);
    }
  }
}

}  // namespace

Noise::Noise(std::uint64_t key) noexcept {
  key += 0x9E3779B97F4A7C15U;
  key = (key ^ key >> 30) * 0xBF58476D1CE4E5B9U;
  key = (key ^ key >> 27) * 0x94D049BB133111EBU;
  key ^= key >> 31;
  first_ = static_cast<std::uint32_t>(key);
  second_ = static_cast<std::uint32_t>(key >> 32);
}

void Noise::fill(std::uint32_t number, Block& block) const {
  Words words;
  hash(first_ + number * static_cast<std::uint32_t>(kWords) * 0x9E3779B9U, second_, words);
  sum_signed(words, block);
}

}  // namespace af::synth

#include "core/random.h"

#include <Random123/philox.h>

#include <cstddef>

#include "core/portable_math.h"

namespace af {
namespace {

constexpr std::size_t kBatch = 16;  ///< Blocks whose rounds the compiler turns into vectors.

/// One word of each block of a batch.
using Words = std::array<std::uint32_t, kBatch>;

/// Philox4x32-10 of a batch of counters; constants of Salmon et al. 2011, table 2.
void philox(std::array<Words, 4>& c, std::uint32_t key_low, std::uint32_t key_high) noexcept {
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t j = 0; j < kBatch; ++j) {
      const std::uint64_t first = std::uint64_t{PHILOX_M4x32_0} * c[0][j];
      const std::uint64_t second = std::uint64_t{PHILOX_M4x32_1} * c[2][j];
      c[0][j] = static_cast<std::uint32_t>(second >> 32) ^ c[1][j] ^ key_low;
      c[1][j] = static_cast<std::uint32_t>(second);
      c[2][j] = static_cast<std::uint32_t>(first >> 32) ^ c[3][j] ^ key_high;
      c[3][j] = static_cast<std::uint32_t>(first);
    }
    key_low += PHILOX_W32_0;
    key_high += PHILOX_W32_1;
  }
}

}  // namespace

void Stream::refill() noexcept {
  static constexpr std::uint32_t kLow = 0xffffffffU;
  const r123::Philox4x32::ctr_type counter{{block_number_++, purpose_,
                                            static_cast<std::uint32_t>(index_ & kLow),
                                            static_cast<std::uint32_t>(index_ >> 32)}};
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(seed_ & kLow), static_cast<std::uint32_t>(seed_ >> 32)}};
  const r123::Philox4x32::ctr_type out = r123::Philox4x32{}(counter, key);
  for (std::size_t i = 0; i < block_.size(); ++i) block_[i] = out[i];
  used_ = 0;
}

void Stream::fill(std::span<std::uint32_t> out) noexcept {
  std::size_t at = 0;
  while (at < out.size() && used_ < block_.size()) out[at++] = bits();
  std::array<Words, 4> counters;
  for (; out.size() - at >= counters.size() * kBatch; at += counters.size() * kBatch) {
    std::iota(counters[0].begin(), counters[0].end(), block_number_);
    block_number_ += static_cast<std::uint32_t>(kBatch);
    counters[1].fill(purpose_);
    counters[2].fill(static_cast<std::uint32_t>(index_));
    counters[3].fill(static_cast<std::uint32_t>(index_ >> 32));
    philox(counters, static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32));
    for (std::size_t j = 0; j < kBatch; ++j) {
      for (std::size_t word = 0; word < counters.size(); ++word) {
        out[at + counters.size() * j + word] = counters[word][j];
      }
    }
  }
  while (at < out.size()) out[at++] = bits();
}

std::uint32_t Stream::below(std::uint32_t n) noexcept {
  std::uint64_t product = std::uint64_t{bits()} * n;
  if (static_cast<std::uint32_t>(product) < n) {
    const std::uint32_t rejected = (0U - n) % n;
    while (static_cast<std::uint32_t>(product) < rejected) product = std::uint64_t{bits()} * n;
  }
  return static_cast<std::uint32_t>(product >> 32);
}

double Stream::normal() noexcept {
  // The middle of a cell of 2^-53: never 0 and never 1, where the quantile is infinite.
  return portable::normal_quantile((static_cast<double>(bits64() >> 11) + 0.5) * 0x1p-53);
}

}  // namespace af

#include "synth/keyed_permutation.h"

#include <algorithm>
#include <bit>

namespace af::synth {
namespace {

constexpr std::uint64_t kRounds = 8;
constexpr unsigned kRoundShift = 56;  // Keeps the round number clear of the half block.

}  // namespace

KeyedPermutation::KeyedPermutation(std::uint64_t seed, Purpose purpose, std::uint64_t size,
                                   std::uint64_t which) noexcept
    : seed_(seed),
      purpose_(purpose),
      size_(size),
      half_bits_(std::max(1U, (static_cast<unsigned>(std::bit_width(size - 1)) + 1) / 2)),
      first_round_(which * kRounds) {}

std::uint64_t KeyedPermutation::encrypt(std::uint64_t block) const noexcept {
  const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
  std::uint64_t left = block >> half_bits_;
  std::uint64_t right = block & mask;
  for (std::uint64_t round = first_round_; round < first_round_ + kRounds; ++round) {
    Stream stream(seed_, purpose_, round << kRoundShift | right);
    const std::uint64_t next = left ^ (stream.bits() & mask);
    left = right;
    right = next;
  }
  return left << half_bits_ | right;
}

std::uint64_t KeyedPermutation::operator()(std::uint64_t i) const noexcept {
  std::uint64_t value = encrypt(i);
  while (value >= size_) value = encrypt(value);
  return value;
}

}  // namespace af::synth

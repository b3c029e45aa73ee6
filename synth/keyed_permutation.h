#pragma once

#include <cstdint>

#include "core/random.h"

namespace af::synth {

/// A pseudo-random permutation of 0 .. size-1 that answers for one element at a time, in constant
/// memory: so a shard of a data set can be made without the rest of it.
///
/// A balanced Feistel network on the least even number of bits that holds `size`, its rounds keyed
/// by Philox; a result outside the range is fed in again until one lies inside (cycle walking).
/// Source: Black and Rogaway 2002, "Ciphers with arbitrary finite domains", section 3.
class KeyedPermutation {
 public:
  /// @param size   1 .. 2^62.
  /// @param which  Of several independent permutations for the same purpose, below 32.
  KeyedPermutation(std::uint64_t seed, Purpose purpose, std::uint64_t size,
                   std::uint64_t which = 0) noexcept;

  /// @param i  Below `size`.
  [[nodiscard]] std::uint64_t operator()(std::uint64_t i) const noexcept;

 private:
  [[nodiscard]] std::uint64_t encrypt(std::uint64_t block) const noexcept;

  std::uint64_t seed_;
  Purpose purpose_;
  std::uint64_t size_;
  unsigned half_bits_;
  std::uint64_t first_round_;
};

}  // namespace af::synth

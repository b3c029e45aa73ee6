#pragma once

#include <cstdint>
#include <vector>

#include "synth/distribution.h"

namespace af::synth {

/// How many characters a row has: a draw that depends on (seed, row) alone.
[[nodiscard]] std::uint64_t symbol_count(const Distribution& symbols, std::uint64_t seed,
                                         std::uint64_t row);

/// Numbers the characters that are not the first of their image, row by row, so that each can be
/// dealt a cell of an exact quota.
class FurtherSymbols {
 public:
  /// Draws the count of every row once; keeps a number for each 64 rows.
  FurtherSymbols(const Distribution& symbols, std::uint64_t seed, std::uint64_t rows);

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// Of the rows before this one; draws the counts of up to 63 rows again.
  [[nodiscard]] std::uint64_t before(std::uint64_t row) const;

 private:
  Distribution symbols_;
  std::uint64_t seed_;
  std::vector<std::uint64_t> before_;  ///< Of each 64th row.
  std::uint64_t count_ = 0;
};

}  // namespace af::synth

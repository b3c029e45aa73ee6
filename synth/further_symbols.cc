#include "synth/further_symbols.h"

#include "core/random.h"

namespace af::synth {
namespace {

constexpr std::uint64_t kStride = 64;

}  // namespace

std::uint64_t symbol_count(const Distribution& symbols, std::uint64_t seed, std::uint64_t row) {
  Stream draws(seed, Purpose::kSymbolCount, row);
  return static_cast<std::uint64_t>(symbols(draws));
}

FurtherSymbols::FurtherSymbols(const Distribution& symbols, std::uint64_t seed, std::uint64_t rows)
    : symbols_(symbols), seed_(seed) {
  for (std::uint64_t row = 0; row < rows; ++row) {
    if (row % kStride == 0) before_.push_back(count_);
    count_ += symbol_count(symbols_, seed_, row) - 1;
  }
}

std::uint64_t FurtherSymbols::before(std::uint64_t row) const {
  std::uint64_t before = before_[row / kStride];
  for (std::uint64_t r = row - row % kStride; r < row; ++r) {
    before += symbol_count(symbols_, seed_, r) - 1;
  }
  return before;
}

}  // namespace af::synth

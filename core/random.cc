#include "core/random.h"

#include <Random123/philox.h>

#include "core/portable_math.h"

namespace af {

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

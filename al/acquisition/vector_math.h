#pragma once

#include <bit>
#include <cstdint>

/// Functions compiled once for each of the processors' vector widths, the best being picked when
/// the program starts. Nothing is contracted or reordered, so all give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define AF_VECTOR_CLONES __attribute__((target_clones("default", "arch=haswell", "avx512f")))
#else
#define AF_VECTOR_CLONES
#endif

/// Elementary functions without branches or calls, so that a loop over them is vectorised. To be
/// inlined into functions that have AF_VECTOR_CLONES.
namespace af::al::vector_math {

constexpr double kLowest = -700;  ///< Below it e^x is nothing to a sum of probabilities.

/// e^x for x in [-700, 700], to 1e-14 relative: x = k log 2 + r with |r| <= log(2) / 2, and the
/// series of e^r to the eleventh power.
[[gnu::always_inline]] inline double exp(double x) {
  constexpr double kRound = 0x1.8p52;  // Added, it leaves the nearest integer in the low bits.
  constexpr double kLog2High = 0x1.62e42fefa38p-1;
  constexpr double kLog2Low = 0x1.ef35793c7673p-45;
  const double shifted = x * 0x1.71547652b82fep0 + kRound;
  const double k = shifted - kRound;
  const double r = (x - k * kLog2High) - k * kLog2Low;
  double sum = 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 1.0 / 2;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  const std::uint64_t exponent = (std::bit_cast<std::uint64_t>(shifted) + 1023) << 52;
  return sum * std::bit_cast<double>(exponent);
}

/// log x for a normal x > 0, to 1e-15 absolute near 1 and relative elsewhere; for 0 about -710.
/// x = 2^e m with m in [sqrt(1/2), sqrt(2)), and log m = 2 artanh((m - 1) / (m + 1)).
[[gnu::always_inline]] inline double log(double x) {
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e667f3bcd;
  constexpr std::uint64_t kMantissa = 0x000fffffffffffff;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x) + (0x3ff0000000000000 - kSqrtHalf);
  const double m = std::bit_cast<double>((bits & kMantissa) + kSqrtHalf);
  // The exponent's bits under those of 2^52 are the number 2^52 + exponent.
  const double e = std::bit_cast<double>((bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023);
  const double s = (m - 1) / (m + 1);
  const double z = s * s;
  double sum = 1.0 / 19;
  sum = sum * z + 1.0 / 17;
  sum = sum * z + 1.0 / 15;
  sum = sum * z + 1.0 / 13;
  sum = sum * z + 1.0 / 11;
  sum = sum * z + 1.0 / 9;
  sum = sum * z + 1.0 / 7;
  sum = sum * z + 1.0 / 5;
  sum = sum * z + 1.0 / 3;
  sum = sum * z + 1.0;
  return e * 0x1.62e42fefa39efp-1 + 2 * s * sum;
}

}  // namespace af::al::vector_math

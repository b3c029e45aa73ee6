#pragma once

/// Elementary functions that give the same bits on every x86-64 machine and with every compiler
/// flag. The C library's do not promise that: they pick a variant by the processor at hand, and
/// the variants differ in the last bit. These are evaluated in twice the precision and rounded
/// once, so in all but about one of 10^10 arguments they are the correctly rounded result.
namespace af::portable {

struct SinCos {
  double sin;
  double cos;
};

/// Sine and cosine of an angle in radians; |angle_rad| at most 2^20.
[[nodiscard]] SinCos sin_cos(double angle_rad) noexcept;
/// e^x for x in [-700, 700].
[[nodiscard]] double exp(double x) noexcept;
/// Natural logarithm of a normal x > 0.
[[nodiscard]] double log(double x) noexcept;
/// Quantile of the standard normal distribution at p in (0, 1), to about 1e-15 relative.
/// Source: Wichura 1988, "Algorithm AS 241", routine PPND16.
[[nodiscard]] double normal_quantile(double p) noexcept;

}  // namespace af::portable

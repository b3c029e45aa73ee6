#include "core/portable_math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "core/wide.h"

namespace af::portable {
namespace {

// The constants to twice the precision: the double nearest to each, and nearest to what is left.
constexpr Wide kHalfPi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
constexpr Wide kLn2{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

/// Between its values at multiples of 1/64, which are tabled, a function takes a short series.
constexpr double kPerStep = 64.0;

/// The whole Taylor series, for the tables: first + first x2 / (k (k+1)) + ...
constexpr Wide alternating_series(Wide first, Wide x2, int k) {
  Wide total = first;
  Wide term = first;
  for (int i = 0; i < 16; ++i, k += 2) {
    term = -(term * x2) / static_cast<double>(k * (k + 1));
    total = total + term;
  }
  return total;
}

struct WideSinCos {
  Wide sin;
  Wide cos;
};

/// Up to pi/4.
constexpr auto kSinCos = [] {
  std::array<WideSinCos, 52> table{};
  for (std::size_t k = 0; k < table.size(); ++k) {
    const Wide x{static_cast<double>(k) / kPerStep, 0.0};
    table[k] = {alternating_series(x, x * x, 2), alternating_series({1.0, 0.0}, x * x, 1)};
  }
  return table;
}();

constexpr int kExpSteps = 23;  // Up to ln2 / 2, either way.
constexpr auto kExp = [] {
  std::array<Wide, 2 * kExpSteps + 1> table{};
  for (std::size_t k = 0; k < table.size(); ++k) {
    const double x = (static_cast<double>(k) - kExpSteps) / kPerStep;
    Wide term{1.0, 0.0};
    for (int n = 1; n <= 32; ++n) {
      table[k] = table[k] + term;
      term = term * x / static_cast<double>(n);
    }
  }
  return table;
}();

constexpr Wide kOne{1.0, 0.0};
constexpr Wide kSixth = kOne / 6.0;
constexpr Wide k24th = kOne / 24.0;
constexpr Wide k120th = kOne / 120.0;

/// Sine and cosine of d, |d| <= 1/128. Terms that are too small for their second half to count are
/// summed as doubles.
WideSinCos sin_cos_near_zero(Wide d) {
  const Wide d2 = d * d;
  const double x = d2.hi;
  const double sin_tail = -1.0 / 5040.0 + x * (1.0 / 362880.0 - x * (1.0 / 39916800.0));
  const double cos_tail = -1.0 / 720.0 + x * (1.0 / 40320.0 - x * (1.0 / 3628800.0));
  const Wide sin_part = -kSixth + d2 * (k120th + x * sin_tail);
  const Wide cos_part = d2 * (k24th + x * cos_tail) + -0.5;
  return {d + d * (d2 * sin_part), d2 * cos_part + 1.0};
}

/// e^d, |d| <= 1/128, in the same way.
Wide exp_near_zero(Wide d) {
  const double x = d.hi;
  const double tail = 1.0 / 720.0 + x * (1.0 / 5040.0 + x * (1.0 / 40320.0 + x * (1.0 / 362880.0)));
  const Wide fourth = k24th + d * (k120th + x * tail);
  return d * (d * (d * (kSixth + d * fourth) + 0.5) + 1.0) + 1.0;
}

/// Of |r| <= pi/4.
WideSinCos wide_sin_cos(Wide r) {
  const double k = std::rint(r.hi * kPerStep);
  const auto [sin_d, cos_d] = sin_cos_near_zero(r + -k / kPerStep);
  const auto& [sin_k, cos_k] = kSinCos[static_cast<std::size_t>(std::abs(k))];
  const Wide signed_sin = k < 0.0 ? -sin_k : sin_k;
  return {signed_sin * cos_d + cos_k * sin_d, cos_k * cos_d + -(signed_sin * sin_d)};
}

/// e^r for |r| <= ln2 / 2.
Wide exp_of_remainder(Wide r) {
  const double k = std::rint(r.hi * kPerStep);
  return kExp[static_cast<std::size_t>(k + kExpSteps)] * exp_near_zero(r + -k / kPerStep);
}

/// e^x as mantissa * 2^exponent.
struct Scaled {
  Wide mantissa;
  int exponent = 0;
};

Scaled wide_exp(double x) {
  const double k = std::rint(x / kLn2.hi);
  const Wide remainder = Wide{x, 0.0} + -(kLn2 * Wide{k, 0.0});
  return {exp_of_remainder(remainder), static_cast<int>(k)};
}

/// ln m for m in [1/sqrt 2, sqrt 2], to about 1e-16: 2 artanh((m - 1) / (m + 1)).
double rough_log(double m) {
  const double z = (m - 1.0) / (m + 1.0);
  const double z2 = z * z;
  double series = 0.0;
  for (int k = 23; k >= 1; k -= 2) series = series * z2 + 1.0 / k;
  return 2.0 * z * series;
}

/// Horner's scheme, constant term first.
template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double value = 0.0;
  for (std::size_t i = N; i-- > 0;) value = value * x + coefficients[i];
  return value;
}

}  // namespace

SinCos sin_cos(double angle_rad) noexcept {
  const double quarter_turns = std::rint(angle_rad / kHalfPi.hi);
  const Wide r = Wide{angle_rad, 0.0} + -(kHalfPi * Wide{quarter_turns, 0.0});
  const WideSinCos at_r = wide_sin_cos(r);
  const double s = rounded(at_r.sin);
  const double c = rounded(at_r.cos);
  switch (static_cast<std::int64_t>(quarter_turns) & 3) {
    case 0: return {s, c};
    case 1: return {c, -s};
    case 2: return {-s, -c};
    default: return {-c, s};
  }
}

double exp(double x) noexcept {
  const Scaled e = wide_exp(x);
  return std::ldexp(rounded(e.mantissa), e.exponent);
}

double log(double x) noexcept {
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // [1/2, 1)
  if (m < 0x1.6a09e667f3bcdp-1) {
    m *= 2.0;
    --exponent;
  }
  // One Newton step in twice the precision: ln m = y + (m e^-y - 1).
  const double y = rough_log(m);
  const Scaled e = wide_exp(-y);
  const Wide scaled{std::ldexp(e.mantissa.hi, e.exponent), std::ldexp(e.mantissa.lo, e.exponent)};
  const Wide correction = Wide{m, 0.0} * scaled + Wide{-1.0, 0.0};
  return rounded(kLn2 * Wide{static_cast<double>(exponent), 0.0} + (Wide{y, 0.0} + correction));
}

double normal_quantile(double p) noexcept {
  static constexpr std::array kA{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr std::array kB{1.0,
                                 4.2313330701600911252e+1,
                                 6.8718700749205790830e+2,
                                 5.3941960214247511077e+3,
                                 2.1213794301586595867e+4,
                                 3.9307895800092710610e+4,
                                 2.8729085735721942674e+4,
                                 5.2264952788528545610e+3};
  static constexpr std::array kC{1.42343711074968357734e0,  4.63033784615654529590e0,
                                 5.76949722146069140550e0,  3.64784832476320460504e0,
                                 1.27045825245236838258e0,  2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr std::array kD{1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr std::array kE{6.65790464350110377720e0,  5.46378491116411436990e0,
                                 1.78482653991729133580e0,  2.96560571828504891230e-1,
                                 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr std::array kF{1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  const double r = std::sqrt(-log(q < 0.0 ? p : 1.0 - p));
  const double magnitude = r <= 5.0 ? polynomial(kC, r - 1.6) / polynomial(kD, r - 1.6)
                                    : polynomial(kE, r - 5.0) / polynomial(kF, r - 5.0);
  return q < 0.0 ? -magnitude : magnitude;
}

}  // namespace af::portable

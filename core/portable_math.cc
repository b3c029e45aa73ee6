#include "core/portable_math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace af::portable {
namespace {

/// An unevaluated sum hi + lo with |lo| at most half a unit in the last place of hi: about 106
/// bits. Source: Dekker 1971, "A floating-point technique for extending the available precision".
struct Wide {
  double hi = 0.0;
  double lo = 0.0;
};

/// a + b exactly, for |a| >= |b|.
Wide fast_sum(double a, double b) {
  const double s = a + b;
  return {s, b - (s - a)};
}

/// a + b exactly (Knuth).
Wide sum(double a, double b) {
  const double s = a + b;
  const double part = s - a;
  return {s, (a - (s - part)) + (b - part)};
}

/// a * b exactly, by splitting both into 26-bit halves; |a|, |b| below 2^995.
Wide product(double a, double b) {
  static constexpr double kSplitter = 0x1p27 + 1.0;
  const double ta = kSplitter * a;
  const double a_hi = ta - (ta - a);
  const double a_lo = a - a_hi;
  const double tb = kSplitter * b;
  const double b_hi = tb - (tb - b);
  const double b_lo = b - b_hi;
  const double p = a * b;
  return {p, ((a_hi * b_hi - p) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

Wide operator+(Wide a, Wide b) {
  Wide s = sum(a.hi, b.hi);
  const Wide t = sum(a.lo, b.lo);
  s = fast_sum(s.hi, s.lo + t.hi);
  return fast_sum(s.hi, s.lo + t.lo);
}

Wide operator*(Wide a, Wide b) {
  const Wide p = product(a.hi, b.hi);
  return fast_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

Wide operator-(Wide a) { return {-a.hi, -a.lo}; }

Wide operator/(Wide a, double b) {
  const double q = a.hi / b;
  const Wide rest = a + -product(q, b);
  return fast_sum(q, rest.hi / b);
}

double rounded(Wide a) { return a.hi + a.lo; }

// The constants to twice the precision: the double nearest to each, and nearest to what is left.
constexpr Wide kHalfPi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
constexpr Wide kLn2{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

/// first + first*x2/(k(k+1)) + ...: the Taylor series whose terms fall by x2 / ((k)(k+1)).
Wide alternating_series(Wide first, Wide x2, int k) {
  Wide total = first;
  Wide term = first;
  while (std::abs(term.hi) > 0x1p-110 * std::abs(total.hi)) {
    term = -(term * x2) / static_cast<double>(k * (k + 1));
    total = total + term;
    k += 2;
  }
  return total;
}

/// e^r for |r| <= ln2 / 2: the series at r / 64, squared six times.
Wide exp_of_remainder(Wide r) {
  static constexpr int kSquarings = 6;
  r = {r.hi * 0x1p-6, r.lo * 0x1p-6};
  Wide total{1.0, 0.0};
  Wide term{1.0, 0.0};
  for (int k = 1; k <= 14; ++k) {
    term = term * r / static_cast<double>(k);
    total = total + term;
  }
  for (int i = 0; i < kSquarings; ++i) total = total * total;
  return total;
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
  const Wide r2 = r * r;
  const double s = r.hi == 0.0 ? 0.0 : rounded(alternating_series(r, r2, 2));
  const double c = rounded(alternating_series({1.0, 0.0}, r2, 1));
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

#pragma once

/// Numbers of twice a double's precision, for functions that must not depend on a C library.
namespace af::portable {

/// An unevaluated sum hi + lo with |lo| at most half a unit in the last place of hi: about 106
/// bits. Source: Dekker 1971, "A floating-point technique for extending the available precision".
struct Wide {
  double hi = 0.0;
  double lo = 0.0;
};

/// a + b exactly, for |a| >= |b|.
constexpr Wide fast_sum(double a, double b) {
  const double s = a + b;
  return {s, b - (s - a)};
}

/// a + b exactly (Knuth).
constexpr Wide sum(double a, double b) {
  const double s = a + b;
  const double part = s - a;
  return {s, (a - (s - part)) + (b - part)};
}

/// a * b exactly, by splitting both into 26-bit halves; |a|, |b| below 2^995.
constexpr Wide product(double a, double b) {
  constexpr double kSplitter = 0x1p27 + 1.0;
  const double ta = kSplitter * a;
  const double a_hi = ta - (ta - a);
  const double a_lo = a - a_hi;
  const double tb = kSplitter * b;
  const double b_hi = tb - (tb - b);
  const double b_lo = b - b_hi;
  const double p = a * b;
  return {p, ((a_hi * b_hi - p) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

constexpr Wide operator+(Wide a, Wide b) {
  Wide s = sum(a.hi, b.hi);
  const Wide t = sum(a.lo, b.lo);
  s = fast_sum(s.hi, s.lo + t.hi);
  return fast_sum(s.hi, s.lo + t.lo);
}

constexpr Wide operator+(Wide a, double b) {
  const Wide s = sum(a.hi, b);
  return fast_sum(s.hi, s.lo + a.lo);
}

constexpr Wide operator*(Wide a, Wide b) {
  const Wide p = product(a.hi, b.hi);
  return fast_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

constexpr Wide operator*(Wide a, double b) {
  const Wide p = product(a.hi, b);
  return fast_sum(p.hi, p.lo + a.lo * b);
}

constexpr Wide operator-(Wide a) { return {-a.hi, -a.lo}; }

constexpr Wide operator/(Wide a, double b) {
  const double q = a.hi / b;
  const Wide rest = a + -product(q, b);
  return fast_sum(q, rest.hi / b);
}

constexpr double rounded(Wide a) { return a.hi + a.lo; }

}  // namespace af::portable

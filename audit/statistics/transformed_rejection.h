#pragma once

#include <cstdint>
#include <optional>

namespace af::audit {

/// One try of a draw from Binomial(n, p) by transformed rejection: a point (u, v) of the square
/// becomes the count k = floor(G(u)) if v is at most
///   f(k) / f(m) x G'(u) / alpha,   G(u) = (2a / (1/2 - |u|) + b) u + c,
/// f the probabilities and m the most probable count. Since that never exceeds 1, k has probability
/// f(k). Up to |u| = 0.43 it is above v_r, so that smaller v are taken unseen.
/// Source: Hormann 1993, "The generation of binomial random variates", algorithm BTRS, with the
/// decisions of steps 3.1 and 3.2 of BTRD, which rarely need a logarithm.
/// All of it is portable arithmetic: equal (u, v) give equal counts on every machine.
class TransformedRejection {
 public:
  /// @param p  In (0, 1/2], n p at least 10.
  TransformedRejection(std::uint64_t n, double p);

  /// The count, or nothing if the point is refused.
  /// @param u  In [-1/2, 1/2). @param v  In (0, 1].
  [[nodiscard]] std::optional<std::uint64_t> at(double u, double v) const;

  /// Its parts, each as `at` uses it.

  /// G(u); its floor is the count, unless that is below 0 or above n.
  [[nodiscard]] double count(double u) const;
  /// G'(u) / alpha = (a / (1/2 - |u|)^2 + b) / alpha.
  [[nodiscard]] double slope(double u) const;
  /// v_r. Points up to it are taken where |u| <= kUnseen.
  [[nodiscard]] double unseen() const noexcept { return v_r_; }
  static constexpr double kUnseen = 0.43;

  [[nodiscard]] double mode() const noexcept { return m_; }
  /// f(k) / f(m) as a product of ratios of neighbours; for |k - m| up to kNear.
  [[nodiscard]] double ratio_near_mode(double k) const;
  static constexpr double kNear = 15;
  /// Bounds of log(f(k) / f(m)) beyond that.
  struct Bounds {
    double low;
    double high;
  };
  [[nodiscard]] Bounds log_ratio_bounds(double k) const;
  /// log(f(k) / f(m)) by Stirling's formula with its correction.
  [[nodiscard]] double log_ratio(double k) const;

 private:
  double n_;
  double odds_;
  double variance_;  ///< n p (1 - p)
  double a_;
  double b_;
  double c_;
  double v_r_;
  double alpha_;
  double m_;
};

}  // namespace af::audit

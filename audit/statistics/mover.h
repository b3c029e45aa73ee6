#pragma once

#include <span>

#include "audit/statistics/interval.h"

/// Intervals of a mean, a difference and a ratio of independent estimates out of the estimates' own
/// intervals: the squared distances from value to end add up, each side with the ends that lie
/// there ("method of variance estimates recovery", MOVER). Given Wilson's intervals the difference
/// is Newcombe's.
/// Source: Zou and Donner 2008, "Construction of confidence limits about effect measures: a general
/// approach"; Donner and Zou 2012, "Closed-form confidence intervals for functions of the normal
/// mean and standard deviation", for the ratio.
namespace af::audit {

/// A value inside of its interval.
struct Bounded {
  double value = 0;
  Interval interval;
};

/// With m the mean of the values v_i, i = 1..k:
///   m - sqrt(sum (v_i - l_i)^2) / k,  m + sqrt(sum (u_i - v_i)^2) / k.
/// @param of  At least one.
[[nodiscard]] Interval mover_mean(std::span<const Bounded> of);

/// v - w - sqrt((v - l_v)^2 + (u_w - w)^2),  v - w + sqrt((u_v - v)^2 + (w - l_w)^2).
[[nodiscard]] Interval mover_difference(const Bounded& first, const Bounded& second);

/// The ratios r for which v - r w is 0 at an end of its own interval:
///   low  = l_v (2v - l_v) / (v w + sqrt((v w)^2 - l_v (2v - l_v) u_w (2w - u_w))),
///   high = (v w + sqrt((v w)^2 - u_v (2v - u_v) l_w (2w - l_w))) / (l_w (2w - l_w)).
/// @param first   Nothing of it is negative.
/// @param second  All of it is positive.
[[nodiscard]] Interval mover_ratio(const Bounded& first, const Bounded& second);

}  // namespace af::audit

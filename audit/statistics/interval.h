#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "audit/counts/weighted_rows.h"
#include "audit/statistics/estimate.h"

/// Confidence intervals that have a closed form. Quantiles are Boost.Math's.
namespace af::audit {

/// Of every interval in a report.
inline constexpr double kConfidence = 0.95;

/// `successes` out of `trials` rows, successes <= trials. Whole numbers, unless the rows have
/// weights and `trials` is their effective number.
struct Proportion {
  double successes = 0;
  double trials = 0;

  bool operator==(const Proportion&) const = default;
};

struct Interval {
  double low;
  double high;
};

/// Score interval of a binomial proportion, in [0, 1]; trials > 0:
///   (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
/// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
[[nodiscard]] Interval wilson(Proportion proportion, double confidence = kConfidence);

/// Exact interval of a binomial proportion: the proportions that neither one-sided test at half the
/// level refuses, from the quantiles of Beta(x, n-x+1) and Beta(x+1, n-x). It covers at least
/// `confidence` for every proportion, mostly more. trials > 0.
/// Source: Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the
/// case of the binomial".
[[nodiscard]] Interval clopper_pearson(Proportion proportion, double confidence = kConfidence);

/// The part's share of the weight of all as a proportion of Kish's effective number of rows; of
/// rows without weights their numbers.
///   trials = (sum w)^2 / sum w^2,   successes = trials x (sum of the part's w) / sum w.
/// Source: Korn and Graubard 1998, "Confidence intervals for proportions with small expected number
/// of positive counts estimated from survey data", whose effective sample size this is if only the
/// weights make the design; without their correction for degrees of freedom.
[[nodiscard]] Proportion proportion_of(const WeightedRows& part, const WeightedRows& all);

/// How the interval of a proportion is found.
enum class IntervalMethod { kWilson, kClopperPearson };
constexpr auto enum_names(IntervalMethod) {
  return std::array{std::pair{IntervalMethod::kWilson, "wilson"},
                    std::pair{IntervalMethod::kClopperPearson, "clopper-pearson"}};
}
[[nodiscard]] Interval binomial_interval(Proportion proportion, IntervalMethod method,
                                         double confidence = kConfidence);
/// "Wilson score" or "Clopper-Pearson": "95 % ... interval".
[[nodiscard]] std::string_view interval_words(IntervalMethod method);

/// Interval of p1 - p2 of two independent binomial proportions, in [-1, 1]; trials > 0:
///   d - sqrt((p1-l1)^2 + (u2-p2)^2),  d + sqrt((u1-p1)^2 + (p2-l2)^2)
/// with [l, u] Wilson's intervals.
/// Source: Newcombe 1998, "Interval estimation for the difference between independent
/// proportions", method 10.
[[nodiscard]] Interval newcombe(Proportion first, Proportion second,
                                double confidence = kConfidence);

/// @param words  What the interval is: "95 % ... interval".
[[nodiscard]] Estimate with_interval(double value, const Interval& interval, std::string words);

/// ", 12.3 effective rows" where weights make them fewer than the rows, for the words of an
/// interval; else empty.
[[nodiscard]] std::string effective_words(const WeightedRows& rows);

/// successes/trials with its interval; undefined if there are no trials.
/// @param trials_are  What a trial is, in the plural, for the reason: "positive labels".
[[nodiscard]] Estimate estimate(Proportion proportion, std::string_view trials_are,
                                IntervalMethod method = IntervalMethod::kWilson);

/// The same of rows that may have weights; the interval then says how many effective rows it has.
[[nodiscard]] Estimate estimate(const WeightedRows& part, const WeightedRows& all,
                                std::string_view trials_are,
                                IntervalMethod method = IntervalMethod::kWilson);

/// A quantity over repetitions of an experiment that differ in their seed only.
struct Summary {
  std::size_t n = 0;  ///< Repetitions with a value.
  double mean = 0;
  double sd = 0;  ///< Standard deviation with n - 1; 0 if n < 2.
  double min = 0;
  double max = 0;
  /// Student's interval of the mean, mean -+ t(n-1) sd/sqrt(n); undefined below two repetitions.
  Estimate estimate;
};

/// Undefined (n = 0, a reason in `estimate`) if any value is missing: a mean over the others would
/// be of another experiment.
[[nodiscard]] Summary summarise(std::span<const std::optional<double>> values,
                                double confidence = kConfidence);

}  // namespace af::audit

#include "audit/statistics/interval.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <utility>

#include "audit/statistics/mover.h"

namespace af::audit {
namespace {

double share(Proportion p) { return p.successes / p.trials; }

double upper_normal_quantile(double confidence) {
  return boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
}

void add_mean_interval(Summary& summary, double confidence) {
  if (summary.n < 2) {
    summary.estimate.interval = "none: a single repetition has no spread";
    return;
  }
  const auto n = static_cast<double>(summary.n);
  const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.5 + confidence / 2);
  const double half = t * summary.sd / std::sqrt(n);
  summary.estimate.low = summary.mean - half;
  summary.estimate.high = summary.mean + half;
  summary.estimate.interval = fmt::format("{:g} % Student t interval of the mean over {} seeds",
                                          confidence * 100, summary.n);
}

}  // namespace

Interval wilson(Proportion proportion, double confidence) {
  const double z = upper_normal_quantile(confidence);
  const double n = proportion.trials;
  const double p = share(proportion);
  const double scale = 1 + z * z / n;
  const double centre = (p + z * z / (2 * n)) / scale;
  const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
  // At the ends the formula gives exactly 0 and 1; rounding would leave it a hair off.
  return {.low = proportion.successes == 0 ? 0.0 : std::max(0.0, centre - half),
          .high = proportion.successes == proportion.trials ? 1.0 : std::min(1.0, centre + half)};
}

Interval clopper_pearson(Proportion proportion, double confidence) {
  const double tail = (1 - confidence) / 2;
  const double x = proportion.successes;
  const double others = proportion.trials - proportion.successes;
  return {.low = x == 0 ? 0.0 : boost::math::ibeta_inv(x, others + 1, tail),
          .high = others == 0 ? 1.0 : boost::math::ibetac_inv(x + 1, others, tail)};
}

Interval binomial_interval(Proportion proportion, IntervalMethod method, double confidence) {
  return method == IntervalMethod::kWilson ? wilson(proportion, confidence)
                                           : clopper_pearson(proportion, confidence);
}

std::string_view interval_words(IntervalMethod method) {
  return method == IntervalMethod::kWilson ? "Wilson score" : "Clopper-Pearson";
}

Interval newcombe(Proportion first, Proportion second, double confidence) {
  return mover_difference({share(first), wilson(first, confidence)},
                          {share(second), wilson(second, confidence)});
}

Estimate with_interval(double value, const Interval& interval, std::string words) {
  return {.value = value,
          .low = interval.low,
          .high = interval.high,
          .reason = {},
          .interval = std::move(words)};
}

Estimate estimate(Proportion proportion, std::string_view trials_are, IntervalMethod method) {
  if (proportion.trials == 0) return undefined(fmt::format("There are no {}.", trials_are));
  return with_interval(share(proportion), binomial_interval(proportion, method),
                       fmt::format("95 % {} interval", interval_words(method)));
}

std::string effective_words(const WeightedRows& rows) {
  if (rows.effective() == rows.rows) return {};
  return fmt::format(", {:.1f} effective rows", rows.effective());
}

Proportion proportion_of(const WeightedRows& part, const WeightedRows& all) {
  const double trials = all.effective();
  if (trials == 0 || trials == all.weight) return {.successes = part.weight, .trials = trials};
  // Part and all weigh the same if the part is all, so that 1 is exact as well as 0.
  return {.successes = part.rows == all.rows ? trials : trials * (part.weight / all.weight),
          .trials = trials};
}

Estimate estimate(const WeightedRows& part, const WeightedRows& all, std::string_view trials_are,
                  IntervalMethod method) {
  Estimate result = estimate(proportion_of(part, all), trials_are, method);
  if (result.low) result.interval += effective_words(all);
  return result;
}

Summary summarise(std::span<const std::optional<double>> values, double confidence) {
  Summary summary;
  if (values.empty()) {
    summary.estimate = undefined("There are no repetitions.");
    return summary;
  }
  const auto missing = std::ranges::count_if(values, [](const auto& value) { return !value; });
  if (missing > 0) {
    summary.estimate =
        undefined(fmt::format("It is undefined in {} of {} seeds.", missing, values.size()));
    return summary;
  }
  summary.n = values.size();
  const auto n = static_cast<double>(summary.n);
  summary.min = summary.max = *values.front();
  for (const auto& value : values) {
    summary.mean += *value / n;
    summary.min = std::min(summary.min, *value);
    summary.max = std::max(summary.max, *value);
  }
  double squares = 0;
  for (const auto& value : values) squares += (*value - summary.mean) * (*value - summary.mean);
  if (summary.n > 1) summary.sd = std::sqrt(squares / (n - 1));
  summary.estimate.value = summary.mean;
  add_mean_interval(summary, confidence);
  return summary;
}

}  // namespace af::audit

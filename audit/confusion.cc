#include "audit/confusion.h"

#include <array>

namespace af::audit {
namespace {

Measure proportion(std::uint64_t successes, std::uint64_t trials, const char* trials_are) {
  const Proportion p{.successes = successes, .trials = trials};
  Measure measure{.estimate = estimate(p, trials_are), .proportion = {}};
  if (trials > 0) measure.proportion = p;
  return measure;
}

Measure no_proportion(Estimate estimate) {
  return {.estimate = std::move(estimate), .proportion = {}};
}

Measure count(const Confusion& c) {
  return no_proportion(exactly(static_cast<double>(c.rows()), "none: a count is exact"));
}

Measure accuracy(const Confusion& c) { return proportion(c.correct(), c.rows(), "rows"); }

Measure zero_one_loss(const Confusion& c) {
  return proportion(c.rows() - c.correct(), c.rows(), "rows");
}

Measure recall(const Outcomes& o) {
  return proportion(o.true_positives, o.true_positives + o.false_negatives, "positive labels");
}

Measure balanced_accuracy(const Confusion& c) {
  double sum = 0;
  for (std::size_t k = 0; k < c.classes(); ++k) {
    const Estimate one = recall(c.against_rest(k)).estimate;
    if (!one.value) return no_proportion(undefined("A class has no rows, so it has no recall."));
    sum += *one.value;
  }
  return no_proportion(without_interval(sum / static_cast<double>(c.classes()),
                                        "none: no closed form for a mean of rates"));
}

Measure selection_rate(const Outcomes& o) {
  return proportion(o.true_positives + o.false_positives, o.rows(), "rows");
}

Measure true_negative_rate(const Outcomes& o) {
  return proportion(o.true_negatives, o.true_negatives + o.false_positives, "negative labels");
}

Measure false_positive_rate(const Outcomes& o) {
  return proportion(o.false_positives, o.true_negatives + o.false_positives, "negative labels");
}

Measure false_negative_rate(const Outcomes& o) {
  return proportion(o.false_negatives, o.true_positives + o.false_negatives, "positive labels");
}

Measure precision(const Outcomes& o) {
  return proportion(o.true_positives, o.true_positives + o.false_positives, "positive predictions");
}

Measure f1(const Outcomes& o) {
  const std::uint64_t twice = 2 * o.true_positives;
  const std::uint64_t all = twice + o.false_positives + o.false_negatives;
  if (all == 0) {
    return no_proportion(undefined("There are neither positive labels nor positive predictions."));
  }
  return no_proportion(without_interval(static_cast<double>(twice) / static_cast<double>(all),
                                        "none: no closed form for F1"));
}

constexpr std::array kConfusionMetrics{
    ConfusionMetric{"count", count},
    ConfusionMetric{"accuracy", accuracy},
    ConfusionMetric{"balanced_accuracy", balanced_accuracy},
    ConfusionMetric{"zero_one_loss", zero_one_loss},
};

constexpr std::array kOutcomeMetrics{
    OutcomeMetric{"selection_rate", selection_rate},
    OutcomeMetric{"true_positive_rate", recall},
    OutcomeMetric{"true_negative_rate", true_negative_rate},
    OutcomeMetric{"false_positive_rate", false_positive_rate},
    OutcomeMetric{"false_negative_rate", false_negative_rate},
    OutcomeMetric{"precision", precision},
    OutcomeMetric{"recall", recall},
    OutcomeMetric{"f1", f1},
};

}  // namespace

std::uint64_t Confusion::correct() const {
  std::uint64_t sum = 0;
  for (std::size_t k = 0; k < classes_; ++k) sum += at(k, k);
  return sum;
}

Outcomes Confusion::against_rest(std::size_t positive) const {
  Outcomes outcomes;
  for (std::size_t other = 0; other < classes_; ++other) {
    if (other == positive) continue;
    outcomes.false_negatives += at(positive, other);
    outcomes.false_positives += at(other, positive);
  }
  outcomes.true_positives = at(positive, positive);
  outcomes.true_negatives =
      rows() - outcomes.true_positives - outcomes.false_negatives - outcomes.false_positives;
  return outcomes;
}

std::span<const ConfusionMetric> confusion_metrics() { return kConfusionMetrics; }
std::span<const OutcomeMetric> outcome_metrics() { return kOutcomeMetrics; }

}  // namespace af::audit

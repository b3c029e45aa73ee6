#include "audit/metrics/confusion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "audit/metrics/benefit_inequality.h"
#include "audit/statistics/mover.h"

namespace af::audit {
namespace {

/// Rows of a kind among others.
struct Part {
  WeightedRows rows;
  WeightedRows of;
};

Measure proportion(const Part& part, const char* trials_are) {
  Measure measure{.estimate = estimate(part.rows, part.of, trials_are), .proportion = {}};
  if (measure.estimate.value) measure.proportion = proportion_of(part.rows, part.of);
  return measure;
}

Measure no_proportion(Estimate estimate) {
  return {.estimate = std::move(estimate), .proportion = {}};
}

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double share(const Part& part) {
  return part.of.weight > 0 ? part.rows.weight / part.of.weight : kUndefined;
}

Part true_positive_rate(const Outcomes& o) {
  return {o.true_positives, o.true_positives + o.false_negatives};
}
Part false_negative_rate(const Outcomes& o) {
  return {o.false_negatives, o.true_positives + o.false_negatives};
}
Part true_negative_rate(const Outcomes& o) {
  return {o.true_negatives, o.true_negatives + o.false_positives};
}
Part false_positive_rate(const Outcomes& o) {
  return {o.false_positives, o.true_negatives + o.false_positives};
}
Part precision(const Outcomes& o) {
  return {o.true_positives, o.true_positives + o.false_positives};
}
Part selection_rate(const Outcomes& o) { return {o.true_positives + o.false_positives, o.rows()}; }
/// A ratio of counts, but no proportion of independent trials.
Part f1(const Outcomes& o) {
  const WeightedRows twice = o.true_positives + o.true_positives;
  return {twice, twice + o.false_positives + o.false_negatives};
}

constexpr char kRows[] = "rows";
constexpr char kPositiveLabels[] = "positive labels";
constexpr char kNegativeLabels[] = "negative labels";
constexpr char kPositivePredictions[] = "positive predictions";

template <Part (*Counts)(const Outcomes&), const char* TrialsAre>
constexpr OutcomeMetric outcome_rate(const char* name) {
  return {name, [](const Outcomes& o) { return proportion(Counts(o), TrialsAre); },
          [](const Outcomes& o) { return share(Counts(o)); }};
}

constexpr const char* kNoClosedForm = "none: it has no closed form";

/// F1 = 2 s / (1 + s) rises with the share s = TP / (TP + FP + FN), so the ends of Wilson's
/// interval of s give those of F1.
Measure measured_f1(const Outcomes& o) {
  const double value = share(f1(o));
  if (std::isnan(value)) {
    return no_proportion(undefined("There are neither positive labels nor positive predictions."));
  }
  const WeightedRows trials = o.true_positives + o.false_positives + o.false_negatives;
  const Interval of_share = wilson(proportion_of(o.true_positives, trials));
  const auto as_f1 = [](double s) { return 2 * s / (1 + s); };
  return no_proportion(with_interval(
      value, {as_f1(of_share.low), as_f1(of_share.high)},
      "95 % Wilson score interval of TP/(TP+FP+FN), as F1" + effective_words(trials)));
}

template <double (*Index)(const Outcomes&)>
constexpr OutcomeMetric inequality(const char* name) {
  return {name,
          [](const Outcomes& o) {
            if (o.rows().rows == 0) return no_proportion(undefined("There are no rows."));
            const double value = Index(o);
            if (!std::isnan(value)) return no_proportion(without_interval(value, kNoClosedForm));
            return no_proportion(undefined("Every row is a false negative: nobody benefits."));
          },
          Index};
}

constexpr std::array kOutcomeMetrics{
    outcome_rate<selection_rate, kRows>("selection_rate"),
    outcome_rate<true_positive_rate, kPositiveLabels>("true_positive_rate"),
    outcome_rate<true_negative_rate, kNegativeLabels>("true_negative_rate"),
    outcome_rate<false_positive_rate, kNegativeLabels>("false_positive_rate"),
    outcome_rate<false_negative_rate, kPositiveLabels>("false_negative_rate"),
    outcome_rate<precision, kPositivePredictions>("precision"),
    outcome_rate<true_positive_rate, kPositiveLabels>("recall"),
    OutcomeMetric{"f1", measured_f1, [](const Outcomes& o) { return share(f1(o)); }},
    inequality<generalized_entropy_index>("generalized_entropy_index"),
    inequality<theil_index>("theil_index"),
};

/// Mean over the classes; NaN if any class has none.
template <Part (*Counts)(const Outcomes&)>
double macro(const Confusion& c) {
  double sum = 0;
  for (std::size_t k = 0; k < c.classes(); ++k) sum += share(Counts(c.against_rest(k)));
  return sum / static_cast<double>(c.classes());
}

template <Part (*Counts)(const Outcomes&)>
constexpr ConfusionMetric macro_metric(const char* name) {
  return {name,
          [](const Confusion& c) {
            const double value = macro<Counts>(c);
            if (!std::isnan(value)) return no_proportion(without_interval(value, kNoClosedForm));
            return no_proportion(undefined(
                Counts == precision ? "A class has no predictions, so it has no precision."
                                    : "A class has neither rows nor predictions."));
          },
          macro<Counts>};
}

/// Recalls are of different rows, so that their mean has an interval of its own.
Measure measured_mean_recall(const Confusion& c) {
  std::vector<Bounded> recalls;
  for (std::size_t k = 0; k < c.classes(); ++k) {
    const Part recall = true_positive_rate(c.against_rest(k));
    if (recall.of.rows == 0) {
      return no_proportion(undefined("A class has no rows, so it has no recall."));
    }
    recalls.push_back({share(recall), wilson(proportion_of(recall.rows, recall.of))});
  }
  return no_proportion(with_interval(macro<true_positive_rate>(c), mover_mean(recalls),
                                     "95 % MOVER interval of the mean of the recalls"));
}

constexpr ConfusionMetric mean_recall(const char* name) {
  return {name, measured_mean_recall, macro<true_positive_rate>};
}

constexpr std::array kConfusionMetrics{
    ConfusionMetric{"count",
                    [](const Confusion& c) {
                      return no_proportion(exactly(c.rows().rows, "none: a count is exact"));
                    },
                    [](const Confusion& c) { return c.rows().rows; }},
    ConfusionMetric{"accuracy",
                    [](const Confusion& c) {
                      return proportion({c.correct(), c.rows()}, kRows);
                    },
                    [](const Confusion& c) {
                      return share({c.correct(), c.rows()});
                    }},
    mean_recall("balanced_accuracy"),
    ConfusionMetric{"zero_one_loss",
                    [](const Confusion& c) {
                      return proportion({c.wrong(), c.rows()}, kRows);
                    },
                    [](const Confusion& c) {
                      return share({c.wrong(), c.rows()});
                    }},
    // From here on only with more than two classes.
    macro_metric<precision>("macro_precision"),
    mean_recall("macro_recall"),
    macro_metric<f1>("macro_f1"),
};
constexpr std::size_t kOfTwoClasses = 4;

}  // namespace

WeightedRows Confusion::correct() const {
  WeightedRows sum;
  for (std::size_t k = 0; k < classes_; ++k) sum += at(k, k);
  return sum;
}

WeightedRows Confusion::wrong() const {
  WeightedRows sum;
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    if (cell % (classes_ + 1) != 0) sum += counts_[cell];
  }
  return sum;
}

void Confusion::clear() {
  rows_ = {};
  for (auto* counts : {&counts_, &labels_, &predictions_}) {
    std::ranges::fill(*counts, WeightedRows());
  }
}

Outcomes Confusion::against_rest(std::size_t positive) const {
  const WeightedRows& hits = at(positive, positive);
  if (classes_ == 2) {
    return {.true_positives = hits,
            .false_positives = at(1 - positive, positive),
            .true_negatives = at(1 - positive, 1 - positive),
            .false_negatives = at(positive, 1 - positive)};
  }
  const WeightedRows missed = labels_[positive] - hits;
  const WeightedRows wrong = predictions_[positive] - hits;
  return {.true_positives = hits,
          .false_positives = wrong,
          .true_negatives = rows_ - hits - missed - wrong,
          .false_negatives = missed};
}

std::span<const ConfusionMetric> confusion_metrics(std::size_t classes) {
  return std::span(kConfusionMetrics).first(classes > 2 ? kConfusionMetrics.size() : kOfTwoClasses);
}
std::span<const OutcomeMetric> outcome_metrics() { return kOutcomeMetrics; }

}  // namespace af::audit

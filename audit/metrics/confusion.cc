#include "audit/metrics/confusion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "audit/metrics/benefit_inequality.h"
#include "audit/statistics/mover.h"

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

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double share(Proportion p) {
  return p.trials == 0 ? kUndefined
                       : static_cast<double>(p.successes) / static_cast<double>(p.trials);
}

Proportion true_positive_rate(const Outcomes& o) {
  return {o.true_positives, o.true_positives + o.false_negatives};
}
Proportion false_negative_rate(const Outcomes& o) {
  return {o.false_negatives, o.true_positives + o.false_negatives};
}
Proportion true_negative_rate(const Outcomes& o) {
  return {o.true_negatives, o.true_negatives + o.false_positives};
}
Proportion false_positive_rate(const Outcomes& o) {
  return {o.false_positives, o.true_negatives + o.false_positives};
}
Proportion precision(const Outcomes& o) {
  return {o.true_positives, o.true_positives + o.false_positives};
}
Proportion selection_rate(const Outcomes& o) {
  return {o.true_positives + o.false_positives, o.rows()};
}
/// A ratio of counts, but no proportion of independent trials.
Proportion f1(const Outcomes& o) {
  const std::uint64_t twice = 2 * o.true_positives;
  return {twice, twice + o.false_positives + o.false_negatives};
}

constexpr char kRows[] = "rows";
constexpr char kPositiveLabels[] = "positive labels";
constexpr char kNegativeLabels[] = "negative labels";
constexpr char kPositivePredictions[] = "positive predictions";

template <Proportion (*Counts)(const Outcomes&), const char* TrialsAre>
constexpr OutcomeMetric outcome_rate(const char* name) {
  return {name,
          [](const Outcomes& o) {
            const Proportion p = Counts(o);
            return proportion(p.successes, p.trials, TrialsAre);
          },
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
  const Interval of_share =
      wilson({o.true_positives, o.true_positives + o.false_positives + o.false_negatives});
  const auto as_f1 = [](double s) { return 2 * s / (1 + s); };
  return no_proportion(with_interval(value, {as_f1(of_share.low), as_f1(of_share.high)},
                                     "95 % Wilson score interval of TP/(TP+FP+FN), as F1"));
}

template <double (*Index)(const Outcomes&)>
constexpr OutcomeMetric inequality(const char* name) {
  return {name,
          [](const Outcomes& o) {
            if (o.rows() == 0) return no_proportion(undefined("There are no rows."));
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
template <Proportion (*Counts)(const Outcomes&)>
double macro(const Confusion& c) {
  double sum = 0;
  for (std::size_t k = 0; k < c.classes(); ++k) sum += share(Counts(c.against_rest(k)));
  return sum / static_cast<double>(c.classes());
}

template <Proportion (*Counts)(const Outcomes&)>
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
    const Proportion recall = true_positive_rate(c.against_rest(k));
    if (recall.trials == 0) {
      return no_proportion(undefined("A class has no rows, so it has no recall."));
    }
    recalls.push_back({share(recall), wilson(recall)});
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
                      return no_proportion(
                          exactly(static_cast<double>(c.rows()), "none: a count is exact"));
                    },
                    [](const Confusion& c) { return static_cast<double>(c.rows()); }},
    ConfusionMetric{"accuracy",
                    [](const Confusion& c) { return proportion(c.correct(), c.rows(), kRows); },
                    [](const Confusion& c) {
                      return share({c.correct(), c.rows()});
                    }},
    mean_recall("balanced_accuracy"),
    ConfusionMetric{
        "zero_one_loss",
        [](const Confusion& c) { return proportion(c.rows() - c.correct(), c.rows(), kRows); },
        [](const Confusion& c) {
          return share({c.rows() - c.correct(), c.rows()});
        }},
    // From here on only with more than two classes.
    macro_metric<precision>("macro_precision"),
    mean_recall("macro_recall"),
    macro_metric<f1>("macro_f1"),
};
constexpr std::size_t kOfTwoClasses = 4;

}  // namespace

std::uint64_t Confusion::correct() const {
  std::uint64_t sum = 0;
  for (std::size_t k = 0; k < classes_; ++k) sum += at(k, k);
  return sum;
}

void Confusion::clear() {
  rows_ = 0;
  for (auto* counts : {&counts_, &labels_, &predictions_}) std::ranges::fill(*counts, 0U);
}

Outcomes Confusion::against_rest(std::size_t positive) const {
  const std::uint64_t hits = at(positive, positive);
  const std::uint64_t missed = labels_[positive] - hits;
  const std::uint64_t wrong = predictions_[positive] - hits;
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

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audit/counts/weighted_rows.h"
#include "audit/metrics/metric_frame.h"

namespace af::audit {

/// What predictions did to the rows of one group, one class (the positive) against the rest.
struct Outcomes {
  WeightedRows true_positives;
  WeightedRows false_positives;
  WeightedRows true_negatives;
  WeightedRows false_negatives;

  [[nodiscard]] WeightedRows rows() const {
    return true_positives + false_positives + true_negatives + false_negatives;
  }
};

/// Rows of one group by label and prediction, [K, K] for K classes, predictions running fastest.
class Confusion {
 public:
  explicit Confusion(std::size_t classes)
      : classes_(classes), counts_(classes * classes, 0), labels_(classes), predictions_(classes) {}

  [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
  [[nodiscard]] const WeightedRows& at(std::size_t label, std::size_t prediction) const {
    return counts_[label * classes_ + prediction];
  }
  void add(std::size_t label, std::size_t prediction, const WeightedRows& rows) {
    counts_[label * classes_ + prediction] += rows;
    labels_[label] += rows;
    predictions_[prediction] += rows;
    rows_ += rows;
  }
  void clear();
  [[nodiscard]] const WeightedRows& rows() const noexcept { return rows_; }
  [[nodiscard]] const WeightedRows& predicted(std::size_t k) const { return predictions_[k]; }
  [[nodiscard]] WeightedRows correct() const;
  [[nodiscard]] WeightedRows wrong() const;
  /// @param positive  The class that is set against all others.
  [[nodiscard]] Outcomes against_rest(std::size_t positive) const;

 private:
  std::size_t classes_;
  std::vector<WeightedRows> counts_;
  std::vector<WeightedRows> labels_;
  std::vector<WeightedRows> predictions_;
  WeightedRows rows_;
};

/// A metric over all classes at once.
struct ConfusionMetric {
  const char* name;
  Measure (*measure)(const Confusion&);
  double (*value)(const Confusion&);  ///< The same number alone; NaN where it is undefined.
};

/// A metric of one class against the rest.
struct OutcomeMetric {
  const char* name;
  Measure (*measure)(const Outcomes&);
  double (*value)(const Outcomes&);  ///< The same number alone; NaN where it is undefined.
};

/// count, accuracy, balanced_accuracy (mean recall over the classes), zero_one_loss, and with more
/// than two classes macro_precision, macro_recall, macro_f1: means over the classes. Undefined
/// without rows; a mean also if it is undefined for any class (scikit-learn drops the class or
/// calls it 0).
[[nodiscard]] std::span<const ConfusionMetric> confusion_metrics(std::size_t classes);

/// selection_rate, true_positive_rate, true_negative_rate, false_positive_rate,
/// false_negative_rate, precision, recall, and f1 = 2 TP / (2 TP + FP + FN). A rate without rows
/// in its denominator is undefined (fairlearn and scikit-learn say 0).
/// generalized_entropy_index and theil_index are audit/metrics/benefit_inequality.h's.
[[nodiscard]] std::span<const OutcomeMetric> outcome_metrics();

}  // namespace af::audit
